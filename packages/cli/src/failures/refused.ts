import type { OrderIssue } from '@coffee/domain';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from './failure.ts';
import { Failure } from './failure.ts';

/** An error answer: what RFC 9457 calls a problem, or as much of one as the server gave. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly issues?: readonly Pick<OrderIssue, 'path' | 'code' | 'message'>[];
}

function exitCodeOf(status: number): ExitCode {
  if (status === 404) return exitCodes.notFound;
  return [429, 502, 503, 504].includes(status) ? exitCodes.noAnswer : exitCodes.failed;
}

/** The server answered, and said no. */
export class Refused extends Failure {
  override readonly name = 'Refused';
  readonly problem: Problem;

  constructor(problem: Problem, hints: readonly string[] = []) {
    super(exitCodeOf(problem.status), problem.detail, { hints });
    this.problem = problem;
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return { ...this.problem, exitCode: this.exitCode };
  }
}
