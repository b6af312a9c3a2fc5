import { createHash } from 'node:crypto';
import type { Principal } from '@coffee/domain';
import { principalSchema } from '@coffee/domain';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * What goes in front of the key of a caller's order, so that the keys of two callers cannot meet and no one can guess the
 * order id of another: the first 16 hexadecimal digits of the SHA-256 of the principal in JSON, its kind first, and `-`.
 */
export function callerPrefix(principal: Principal): string {
  const { kind, ...id } = principal;
  const digest = createHash('sha256').update(JSON.stringify({ kind, ...id }));
  return `${digest.digest('hex').slice(0, 16)}-`;
}

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
