import { problem, textRule } from '@coffee/api';
import { FindOrder } from '@coffee/application';
import { identifierRule, isIdentifier } from '@coffee/domain';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { inject, injectable, unmanaged } from 'inversify';
import { callerOf } from '../http/caller.ts';
import { readEvent } from '../http/read-event.ts';
import { answerErrors, respond, respondProblem } from '../http/respond.ts';

const identifier = textRule(isIdentifier, identifierRule);

/** `GET /order?accountid=…&vendorid=…`: the newest order of the primary key. */
@injectable()
export class GetItemHandler {
  readonly #findOrder: FindOrder;
  readonly #issuer: string | undefined;

  /** @param issuer Who issues the tokens of callers. Without one, the caller is anyone. */
  constructor(@inject(FindOrder) findOrder: FindOrder, @unmanaged() issuer?: string) {
    this.#findOrder = findOrder;
    this.#issuer = issuer;
  }

  readonly handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const caller = callerOf(event, this.#issuer);
    if (caller === undefined) return respondProblem(problem('Unauthorized'));
    const query = readEvent(event, { accountid: identifier, vendorid: identifier });
    if (!query.success) return respondProblem(query.problem);
    const { accountid, vendorid } = query.values;
    return answerErrors(async () => respond(200, await this.#findOrder.execute(caller, accountid, vendorid)));
  };
}
