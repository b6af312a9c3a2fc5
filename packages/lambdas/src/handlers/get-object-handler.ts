import { problem, textRule } from '@coffee/api';
import { LinkInvoice } from '@coffee/application';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { inject, injectable, unmanaged } from 'inversify';
import { callerOf } from '../http/caller.ts';
import { readEvent } from '../http/read-event.ts';
import { answerErrors, respond, respondProblem } from '../http/respond.ts';

/** The use case checks the key, and says what is wrong with it. */
const anyKey = textRule(() => true, '');

/** `GET /invoice?objectKey=…`: a link to the invoice object. */
@injectable()
export class GetObjectHandler {
  readonly #linkInvoice: LinkInvoice;
  readonly #issuer: string | undefined;

  /** @param issuer Who issues the tokens of callers. Without one, the caller is anyone. */
  constructor(@inject(LinkInvoice) linkInvoice: LinkInvoice, @unmanaged() issuer?: string) {
    this.#linkInvoice = linkInvoice;
    this.#issuer = issuer;
  }

  readonly handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const caller = callerOf(event, this.#issuer);
    if (caller === undefined) return respondProblem(problem('Unauthorized'));
    const query = readEvent(event, { objectKey: anyKey });
    if (!query.success) return respondProblem(query.problem);
    return answerErrors(async () => respond(200, await this.#linkInvoice.execute(caller, query.values.objectKey)));
  };
}
