import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem } from '@coffee/api';
import { exitCodes, Failure, Interrupted, isBusy, Refused } from '../failure.ts';
import { isLoopback } from './addresses.ts';

/** Longer than API Gateway takes to give up, 29 seconds. */
const timeoutMilliseconds = 35_000;

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed before the answer',
  UND_ERR_SOCKET: 'the connection was closed before the answer',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'it took too long to connect',
  UND_ERR_CONNECT_TIMEOUT: 'it took too long to connect',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** Nothing answers at the URL. */
export class NoAnswer extends Failure {
  /** Whether the connection was lost, so that the request may be sent again. */
  readonly lost: boolean;

  constructor(url: string, error: Error) {
    const { origin } = new URL(url);
    const { code = '', message, name }: NodeJS.ErrnoException = error.cause instanceof Error ? error.cause : error;
    const reason = error.name === 'TimeoutError' ? 'no answer in time' : reasons[code] || message || name;
    const start = isLoopback(url) ? ['start one with: npx pnpm start'] : [];
    const hints = [...start, 'or give its address with --url URL or COFFEE_URL'];
    super(exitCodes.noAnswer, `no server answers at ${origin} (${reason})`, { hints, cause: error });
    this.lost = ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(code);
  }
}

const failureOf = (url: string, error: Error) =>
  error.name === 'AbortError' ? new Interrupted() : new NoAnswer(url, error);

/** How long to wait for a server that is busy. */
export interface Patience {
  /** How long to keep sending again. */
  readonly milliseconds: number;
  /** Called before each pause. */
  readonly onPause: (reason: string, milliseconds: number) => void;
  /** Ends the patience; a request in progress is aborted unless it is a POST, whose outcome matters. */
  readonly signal: AbortSignal;
}

/** The milliseconds that a `Retry-After` header asks for, in seconds or as a date; `undefined` when it is neither. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return 1000 * Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Fetches, and sends the same request again while the server is busy or loses the connection: after the pause that
 * `Retry-After` asks for, or a growing one. A POST without an Idempotency-Key is not safe to repeat and sent once.
 * Returns the last response when the next pause would outlast the patience.
 */
async function patientFetch(request: Request, { milliseconds, onPause, signal }: Patience): Promise<Response> {
  const isPost = request.method === 'POST';
  const repeatable = !isPost || request.headers.has('idempotency-key');
  const deadline = Date.now() + (repeatable ? milliseconds : 0);
  for (let backoff = 250; ; backoff *= 2) {
    const timeout = AbortSignal.timeout(timeoutMilliseconds);
    const options = { signal: isPost ? timeout : AbortSignal.any([timeout, signal]) };
    const answer = await fetch(request.clone(), options).catch((error: Error) => failureOf(request.url, error));
    const answered = answer instanceof Response;
    const again = answered ? isBusy(answer.status) : answer instanceof NoAnswer && answer.lost;
    const asked = answered ? retryAfter(answer.headers.get('retry-after')) : undefined;
    const pause = asked ?? backoff * (0.5 + Math.random() / 2);
    if (!again || Date.now() + pause > deadline || signal.aborted) {
      if (answered) return answer;
      throw answer;
    }
    if (answered) await answer.body?.cancel();
    onPause(answered ? `the server is busy (${answer.status})` : 'the connection was lost', pause);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Fetches JSON, patiently: see {@link Patience}.
 *
 * @throws Refused for an error answer, NoAnswer when there is none, Interrupted when the signal is aborted, and Failure
 * for an answer that is not JSON.
 */
export async function fetchJson(request: Request, patience: Patience): Promise<Response> {
  const response = await patientFetch(request, patience);
  const onLost = (error: Error) => Promise.reject(failureOf(request.url, error));
  const text = await response.clone().text().catch(onLost);
  if (!response.ok) throw new Refused(await ApiProblem.of(response));
  try {
    JSON.parse(text);
    return response;
  } catch {
    const type = response.headers.get('content-type') ?? 'no content type';
    const message = `${response.url} answered ${response.status}, but not with JSON (${type})`;
    const hints = ['is this the base URL of the API? Give it with --url URL or COFFEE_URL'];
    throw new Failure(exitCodes.failed, message, { code: 'NotJson', hints });
  }
}
