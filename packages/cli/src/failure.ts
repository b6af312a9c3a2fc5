import type { ApiProblem, Issue } from '@coffee/api';
import { fields } from './terminal/table.ts';
import { plain } from './terminal/text.ts';

/** What the exit code of `coffee` says to a script; {@link exitCodesHelp} has the words. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  noAnswer: 3,
  notFound: 4,
  notServed: 5,
  /** As shells report SIGINT: 128 plus the number of the signal. */
  interrupted: 130,
  /** The reader of the output went away: SIGPIPE, reported likewise. */
  brokenPipe: 141,
} as const;

/** The exit codes, for `--help`. */
export const exitCodesHelp = `Exit codes:
  0    success
  1    the server refused, an order failed, or an execution ended FAILED
  2    the command line is wrong
  3    no server answers, or it is too busy; try again later
  4    there is no such order, invoice or execution
  5    a deployed gateway cannot do this, only an embedded server can
  130  interrupted by Ctrl-C`;

type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The code defaults to the name of the class. */
type FailureOptions = ErrorOptions & { readonly code?: string; readonly hints?: readonly string[] };

/** Why a command ends without success: people read its message and hints, scripts its code and exit code. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;
  /** What can be done about it, one line each. */
  readonly hints: readonly string[];

  constructor(exitCode: ExitCode, message: string, options: FailureOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.exitCode = exitCode;
    this.code = options.code ?? this.name;
    this.hints = options.hints ?? [];
  }

  /** What a script reads under `--json`. */
  toJSON(): Readonly<Record<string, unknown>> {
    return { code: this.code, detail: this.message, exitCode: this.exitCode };
  }
}

/** A command line that cannot be understood. */
export class UsageError extends Failure {
  constructor(message: string, hints: readonly string[] = []) {
    super(exitCodes.usage, message, { hints });
  }
}

/** Ended by Ctrl-C. */
export class Interrupted extends Failure {
  constructor(message = 'interrupted') {
    super(exitCodes.interrupted, message);
  }
}

/** Why a file cannot be read. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : message;
}

/** Whether a server with this answer may take the same request later. */
export const isBusy = (status: number) => [429, 502, 503, 504].includes(status);

const again = 'the same command can be given again';

function hintsOf({ status, code, response }: ApiProblem): string[] {
  if (code === 'ExecutionAlreadyExists') {
    const orderid = response.headers.get('location')?.split('/').at(-1);
    const look = orderid === undefined ? [] : [`see the first order: coffee status ${orderid}`];
    return [...look, 'to order once more, omit --idempotency-key or give another'];
  }
  if (status === 401) return ['sign in with: coffee login', 'or give a token with COFFEE_TOKEN'];
  if (status === 429) {
    const seconds = response.headers.get('retry-after');
    return [seconds === null ? `${again} later` : `${again} in ${seconds} s`, '--retry-for SECONDS waits longer'];
  }
  if (isBusy(status)) return [`${again} later; --retry-for SECONDS waits longer`];
  if (code === 'RouteNotFound') return [`is this the base URL of the API? ${response.url}`];
  return [];
}

/** The server answered, and refused. */
export class Refused extends Failure {
  readonly problem: ApiProblem['problem'];
  readonly #error: ApiProblem;

  /** @param hints What to say before the hints that every such answer has. */
  constructor(error: ApiProblem, hints: readonly string[] = []) {
    const { status, message } = error;
    const unanswered = isBusy(status) ? exitCodes.noAnswer : exitCodes.failed;
    const exitCode = status === 404 ? exitCodes.notFound : unanswered;
    super(exitCode, message, { hints: [...hints, ...hintsOf(error)], cause: error });
    this.problem = error.problem;
    this.#error = error;
  }

  withHints(...hints: readonly string[]): Refused {
    return new Refused(this.#error, hints);
  }

  /** The status and the code, like `404 OrderNotFound`; the status alone where a proxy answered. */
  get label(): string {
    const { status, code } = this.problem;
    return code === `Http${status}` ? String(status) : `${status} ${plain(code)}`;
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return { ...this.problem, exitCode: this.exitCode };
  }
}

function issueLines(issues: readonly Issue[]): string[] {
  const rows = issues.map(({ path, message }) => {
    const field = plain((path[0] === 'order' && path.length > 1 ? path.slice(1) : path).join('.'));
    const text = plain(message);
    return [field, text.startsWith(`${field} `) ? text.slice(field.length + 1) : text] as const;
  });
  return fields(String, rows).map((line) => `  ${line}`);
}

/** A failure as lines for people: what failed, each issue at its field, and what can be done. */
export function describeFailure(failure: Failure, emphasis: (text: string) => string): string[] {
  const hints = failure.hints.map((hint) => `  ${plain(hint)}`);
  if (!(failure instanceof Refused)) return [emphasis(plain(failure.message)), ...hints];
  const { code, detail, issues = [] } = failure.problem;
  const refused = code === 'OrderRejected' ? 'the order is refused' : 'the request is refused';
  const what = issues.length > 0 ? refused : plain(detail);
  return [`${emphasis(what)} (${failure.label})`, ...issueLines(issues), ...hints];
}
