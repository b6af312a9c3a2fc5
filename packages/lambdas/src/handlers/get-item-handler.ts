import { textRule } from '@coffee/api';
import { FindOrder } from '@coffee/application';
import { identifierRule, isIdentifier } from '@coffee/domain';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { inject, injectable } from 'inversify';
import { readEvent } from '../http/read-event.ts';
import { answerErrors, respond, respondProblem } from '../http/respond.ts';

const identifier = textRule(isIdentifier, identifierRule);

/** `GET /order?accountid=…&vendorid=…`: the newest order of the primary key. */
@injectable()
export class GetItemHandler {
  readonly #findOrder: FindOrder;

  constructor(@inject(FindOrder) findOrder: FindOrder) {
    this.#findOrder = findOrder;
  }

  readonly handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const query = readEvent(event, { accountid: identifier, vendorid: identifier });
    if (!query.success) return respondProblem(query.problem);
    const { accountid, vendorid } = query.values;
    return answerErrors(async () =>
      respond(200, await this.#findOrder.execute({ kind: 'anyone' }, accountid, vendorid)),
    );
  };
}
