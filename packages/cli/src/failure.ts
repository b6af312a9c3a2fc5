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

/** A number that `coffee` exits with. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What else there is to say about a failure. */
export interface FailureOptions extends ErrorOptions {
  readonly hints?: readonly string[];
  /** Defaults to the name of the class. */
  readonly code?: string;
}

/** Why a command ends without success: people read its message and hints, scripts its exit code. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly exitCode: ExitCode;
  /** What can be done about it, one line each. */
  readonly hints: readonly string[];

  readonly #code: string | undefined;

  constructor(exitCode: ExitCode, message: string, options: FailureOptions = {}) {
    super(message, options);
    this.exitCode = exitCode;
    this.hints = options.hints ?? [];
    this.#code = options.code;
  }

  /** Identifies the failure to a script. */
  get code(): string {
    return this.#code ?? this.name;
  }

  /** What a script reads under `--json`. */
  toJSON(): Readonly<Record<string, unknown>> {
    return { code: this.code, detail: this.message, exitCode: this.exitCode };
  }
}

/** A command line that cannot be understood. */
export class UsageError extends Failure {
  override readonly name = 'UsageError';

  constructor(message: string, hints: readonly string[] = []) {
    super(exitCodes.usage, message, { hints });
  }
}

/** Someone pressed Ctrl-C. */
export class Interrupted extends Failure {
  override readonly name = 'Interrupted';

  constructor(message = 'interrupted') {
    super(exitCodes.interrupted, message);
  }
}

/** A deployed gateway was asked for something that only an embedded server has. */
export class NotServed extends Failure {
  override readonly name = 'NotServed';

  constructor(what: string, origin: string, instead: string) {
    super(exitCodes.notServed, `${what}: only an embedded server has them, and ${origin} is a deployed gateway`, {
      hints: [instead],
    });
  }
}
