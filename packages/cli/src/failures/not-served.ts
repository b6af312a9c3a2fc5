import { exitCodes } from '../exit-codes.ts';
import { Failure } from './failure.ts';

/** A command that only an embedded server can carry out was given to something else. */
export class NotServed extends Failure {
  override readonly name = 'NotServed';

  constructor(what: string, origin: string, instead: string) {
    super(exitCodes.notServed, `${what}: only an embedded server has them, and ${origin} is a deployed gateway`, {
      hints: [instead],
    });
  }
}
