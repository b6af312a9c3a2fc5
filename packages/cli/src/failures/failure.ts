import type { exitCodes } from '../exit-codes.ts';

/** A number that `coffee` exits with. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What more there is to say of a failure. */
export interface FailureOptions extends ErrorOptions {
  readonly hints?: readonly string[];
  /** What a script tells it by; the name of the class unless given. */
  readonly code?: string;
}

/** Why a command ends without success: told to the person in its message and hints, to a script by its exit code. */
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

  /** What a script reads under `--json`. */
  toJSON(): Readonly<Record<string, unknown>> {
    return { code: this.#code ?? this.name, detail: this.message, exitCode: this.exitCode };
  }
}
