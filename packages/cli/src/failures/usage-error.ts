import { exitCodes } from '../exit-codes.ts';
import { Failure } from './failure.ts';

/** A command line that cannot be understood. */
export class UsageError extends Failure {
  override readonly name = 'UsageError';

  constructor(message: string, hints: readonly string[] = []) {
    super(exitCodes.usage, message, { hints });
  }
}
