import { textRule } from '@coffee/api';
import { LinkInvoice } from '@coffee/application';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { inject, injectable } from 'inversify';
import { readEvent } from '../http/read-event.ts';
import { answerErrors, respond, respondProblem } from '../http/respond.ts';

/** The use case checks the key, and says what is wrong with it. */
const anyKey = textRule(() => true, '');

/** `GET /invoice?objectKey=…`: a link to the invoice object. */
@injectable()
export class GetObjectHandler {
  readonly #linkInvoice: LinkInvoice;

  constructor(@inject(LinkInvoice) linkInvoice: LinkInvoice) {
    this.#linkInvoice = linkInvoice;
  }

  readonly handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const query = readEvent(event, { objectKey: anyKey });
    if (!query.success) return respondProblem(query.problem);
    return answerErrors(async () =>
      respond(200, await this.#linkInvoice.execute({ kind: 'anyone' }, query.values.objectKey)),
    );
  };
}
