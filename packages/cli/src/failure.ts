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

/** Why a command ends without success: people read its message and hints, scripts its code and exit code. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;
  /** What can be done about it, one line each. */
  readonly hints: readonly string[];

  /** The code defaults to the name of the class. */
  constructor(
    exitCode: ExitCode,
    message: string,
    options: ErrorOptions & Partial<Pick<Failure, 'code' | 'hints'>> = {},
  ) {
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

/** Someone pressed Ctrl-C. */
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
