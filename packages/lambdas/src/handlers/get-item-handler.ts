import { FindOrder } from '@coffee/application';
import { isIdentifier } from '@coffee/domain';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { inject, injectable } from 'inversify';
import { answerErrors } from '../http/answer-errors.ts';
import { onlyParameter, refuseParameters } from '../http/parameters.ts';
import { respond } from '../http/respond.ts';

/** `GET /order?accountid=…&vendorid=…`: the newest order of the primary key. */
@injectable()
export class GetItemHandler {
  readonly #findOrder: FindOrder;

  constructor(@inject(FindOrder) findOrder: FindOrder) {
    this.#findOrder = findOrder;
  }

  readonly handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const rule = {
      isValid: isIdentifier,
      text: 'must be 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or a digit',
    };
    const accountid = onlyParameter(event, 'accountid', rule);
    const vendorid = onlyParameter(event, 'vendorid', rule);
    if (!accountid.success || !vendorid.success) return refuseParameters(accountid, vendorid);
    return answerErrors(async () => respond(200, await this.#findOrder.execute(accountid.value, vendorid.value)));
  };
}
