import { callerPrefix } from '@coffee/application';
import type { Authenticator } from '@coffee/ports';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';

/** API Gateway answers 401 to an authorizer that fails with exactly this message, and 500 to any other error. */
class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
}

/**
 * The Lambda authorizer of the API: tells who is calling by `Authorization: Bearer …`. API Gateway keeps its answer for the
 * token, whatever path was asked for, so the policy is on the whole API and says only what is so for every path: a vendor
 * places no order. The hexagon decides the rest, by the `caller` in the context.
 */
export class AuthorizeHandler {
  readonly #authenticator: Authenticator;

  constructor(authenticator: Authenticator) {
    this.#authenticator = authenticator;
  }

  /**
   * @throws Unauthorized for a token that does not say who is calling.
   * @throws Unavailable while the issuer cannot be asked.
   */
  readonly handle = async (event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const [, token = ''] = /^bearer +(\S+)$/i.exec(event.authorizationToken) ?? [];
    const caller = await this.#authenticator.authenticate(token).catch((error: Error) => {
      throw error.name === 'Unauthenticated' ? new Unauthorized('Unauthorized') : error;
    });
    const [api, stage] = event.methodArn.split('/');
    const statement = (Effect: 'Allow' | 'Deny', what: string) => ({
      ...{ Effect, Action: 'execute-api:Invoke', Resource: `${api}/${stage}/${what}` },
    });
    const denied = caller.kind === 'vendor' ? [statement('Deny', 'POST/order')] : [];
    return {
      principalId: await callerPrefix(caller),
      policyDocument: { Version: '2012-10-17', Statement: [statement('Allow', '*'), ...denied] },
      context: { caller: JSON.stringify(caller) },
    };
  };
}
