import type { Principal } from '@coffee/domain';
import { principalSchema } from '@coffee/domain';
import type { APIGatewayProxyEvent } from 'aws-lambda';

const anyone: Principal = { kind: 'anyone' };

/**
 * Who sent a request, by the context of the authorizer in front of the API. Without an issuer of tokens there is none, and
 * the caller is anyone; with one, `undefined` for a caller that is missing or cannot be read.
 */
export function callerOf({ requestContext }: APIGatewayProxyEvent, issuer: string | undefined): Principal | undefined {
  const caller: unknown = requestContext.authorizer?.caller;
  if (caller === undefined) return issuer ? undefined : anyone;
  try {
    return principalSchema.safeParse(JSON.parse(String(caller))).data;
  } catch {
    return undefined;
  }
}
