import { exitCodes } from '../exit-codes.ts';
import { Failure } from './failure.ts';

/** The person has had enough: Ctrl-C. */
export class Interrupted extends Failure {
  override readonly name = 'Interrupted';

  constructor(message = 'interrupted') {
    super(exitCodes.interrupted, message);
  }
}
