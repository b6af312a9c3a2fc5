import { LinkInvoice } from '@coffee/application';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { inject, injectable } from 'inversify';
import { answerErrors } from '../http/answer-errors.ts';
import { onlyParameter, refuseParameters } from '../http/parameters.ts';
import { respond } from '../http/respond.ts';

/** `GET /invoice?objectKey=…`: a link to the invoice object. */
@injectable()
export class GetObjectHandler {
  readonly #linkInvoice: LinkInvoice;

  constructor(@inject(LinkInvoice) linkInvoice: LinkInvoice) {
    this.#linkInvoice = linkInvoice;
  }

  readonly handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const objectKey = onlyParameter(event, 'objectKey');
    if (!objectKey.success) return refuseParameters(objectKey);
    return answerErrors(async () => respond(200, await this.#linkInvoice.execute(objectKey.value)));
  };
}
