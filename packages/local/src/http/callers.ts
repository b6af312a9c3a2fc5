import type { IncomingMessage } from 'node:http';
import { problem } from '@coffee/api';
import type { Principal } from '@coffee/domain';
import { mayOperate, mayReadOrder } from '@coffee/domain';
import type { Authenticator, ExecutionParties } from '@coffee/ports';
import { isUnauthenticated } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { Answer } from './messages.ts';
import { answerProblem, problemAnswer } from './messages.ts';

/** What routes know of a request: who sent it. */
export interface CallerEnv {
  Bindings: HttpBindings;
  Variables: { caller: Principal };
}

/** The caller of a request, or the answer that refuses it. */
export type Identified = { readonly caller: Principal } | { readonly refusal: Answer };

/** @param challenge As RFC 6750 has it: with an error only for a token that was sent. */
const unauthorized = (challenge: string): Identified => ({
  refusal: problemAnswer(problem('Unauthorized'), { 'WWW-Authenticate': challenge }),
});

/**
 * Tells who sent a request, by its `Authorization: Bearer …`. The token is neither kept nor logged.
 *
 * @throws Unavailable when the issuer of the tokens has to be asked and cannot be reached.
 */
export async function identify(authenticator: Authenticator, { headers }: IncomingMessage): Promise<Identified> {
  const [, token] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) return unauthorized('Bearer');
  try {
    return { caller: await authenticator.authenticate(token) };
  } catch (error) {
    if (isUnauthenticated(error)) return unauthorized('Bearer error="invalid_token"');
    throw error;
  }
}

/** Lets only those pass whom the authenticator knows. Without one, the system is open, and the caller is anyone. */
export function wantCaller(authenticator: Authenticator | undefined): MiddlewareHandler<CallerEnv> {
  return async (context, next) => {
    if (authenticator === undefined) {
      context.set('caller', { kind: 'anyone' });
      return next();
    }
    const identified = await identify(authenticator, context.env.incoming);
    if ('refusal' in identified) {
      const { status, headers, body } = identified.refusal;
      return context.body(body, status as 401, headers);
    }
    context.set('caller', identified.caller);
    return next();
  };
}

/** Lets only operators pass. */
export const wantOperator: MiddlewareHandler<CallerEnv> = async (context, next) =>
  mayOperate(context.var.caller) ? next() : answerProblem(context, problem('OperatorRequired'));

/** Whether the caller may read an order as it was sent, which may be anything. */
export function mayReadSent(caller: Principal, order: unknown): boolean {
  return mayReadOrder(caller, Object(order) as Parameters<typeof mayReadOrder>[1]);
}

/** What a list is limited to for a caller: its account, its counter, or nothing for who sees all. */
export function partiesOf({ kind: _, ...own }: Principal): ExecutionParties {
  return own;
}

/** Limits what a list is asked for to what the caller may read; `undefined` when it asks for another's only. */
export function ownOf<Query extends ExecutionParties>(caller: Principal, query: Query): Query | undefined {
  const { accountid = query.accountid, vendorid = query.vendorid } = partiesOf(caller);
  const isOwn = (query.accountid ?? accountid) === accountid && (query.vendorid ?? vendorid) === vendorid;
  return isOwn ? { ...query, accountid, vendorid } : undefined;
}
