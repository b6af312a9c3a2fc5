import { exitCodes } from '../exit-codes.ts';
import { Failure } from './failure.ts';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed before the answer',
  UND_ERR_SOCKET: 'the connection was closed before the answer',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'it took too long to connect',
  UND_ERR_CONNECT_TIMEOUT: 'it took too long to connect',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** The system's code of a failed `fetch`: of its cause, or of the first address tried. */
export function codeOf(error: unknown): string {
  let cause: unknown = error;
  while (cause instanceof Error) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined && code !== '') return String(code);
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return '';
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const code = codeOf(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return reasons[code] ?? (cause instanceof Error && cause.message !== '' ? cause.message : String(cause));
}

const isLoopback = (hostname: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/** Nothing answers at the URL. */
export class NoAnswer extends Failure {
  override readonly name = 'NoAnswer';

  constructor(url: string, error: unknown) {
    const { origin, hostname } = new URL(url);
    const start = isLoopback(hostname) ? ['start one with: npx pnpm start'] : [];
    const hints = [...start, 'or say where it is with --url URL or COFFEE_URL'];
    super(exitCodes.noAnswer, `no server answers at ${origin} (${reasonOf(error)})`, { hints, cause: error });
  }
}
