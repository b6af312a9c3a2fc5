import * as z from 'zod/mini';
import type { InvoiceKey } from '../invoice/invoice.ts';
import { identifierPattern } from '../order/fields.ts';
import type { Order } from '../order/order-schema.ts';

const identifier = z.string().check(z.regex(identifierPattern));

/**
 * The schema of a {@link Principal}: exactly its fields, so that no value can be read as two callers. A zod schema, and so
 * a Standard Schema.
 */
export const principalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer'), accountid: identifier }),
  z.strictObject({ kind: z.literal('vendor'), vendorid: identifier }),
  z.strictObject({ kind: z.literal('operator') }),
  z.strictObject({ kind: z.literal('anyone') }),
]);

/**
 * Who is calling: a customer (an account), a vendor (a counter), an operator of the system, or anyone, who exists only
 * where a system is open. Plain JSON, also as the `caller` in the input of an execution.
 */
export type Principal = Readonly<z.output<typeof principalSchema>>;

/** What a token claims about its bearer. The values may be anything. */
export interface CallerClaims {
  /** `customer`, `vendor` or `operator`. Without it, the one id that is there decides. */
  readonly role?: unknown;
  readonly accountid?: unknown;
  readonly vendorid?: unknown;
}

/**
 * The principal that claims make. A role decides, and needs the id that belongs to it; without a role there must be exactly
 * one of the two ids. `undefined` for everything else: claims never make anyone, and make an operator only by that role.
 */
export function principalOf({ role, accountid, vendorid }: CallerClaims): Principal | undefined {
  const inferred = vendorid === undefined ? 'customer' : accountid === undefined ? 'vendor' : undefined;
  switch (role === undefined ? inferred : role) {
    case 'customer':
      return principalSchema.safeParse({ kind: 'customer', accountid }).data;
    case 'vendor':
      return principalSchema.safeParse({ kind: 'vendor', vendorid }).data;
    case 'operator':
      return { kind: 'operator' };
    default:
      return undefined;
  }
}

/** How a token names the claims that tell who is calling. */
export type ClaimNames = Readonly<Record<keyof CallerClaims, string>>;

/** The names of the claims where an issuer does not choose others. */
export const defaultClaimNames = {
  role: 'coffee_role',
  accountid: 'coffee_accountid',
  vendorid: 'coffee_vendorid',
} as const satisfies ClaimNames;

/** The principal that the payload of a token makes, by {@link principalOf}. The payload is read here, and verified elsewhere. */
export function bearerOf(
  payload: Readonly<Record<string, unknown>>,
  { role, accountid, vendorid }: ClaimNames = defaultClaimNames,
): Principal | undefined {
  return principalOf({ role: payload[role], accountid: payload[accountid], vendorid: payload[vendorid] });
}

/** Whether the caller sees everything and may repair it: an operator, or anyone where the system is open. */
export function mayOperate({ kind }: Principal): boolean {
  return kind === 'operator' || kind === 'anyone';
}

/** Whether the caller may read the order: a customer its own, a vendor those at its counter. */
export function mayReadOrder(principal: Principal, order: Pick<Order, 'accountid' | 'vendorid'>): boolean {
  const isCounter = principal.kind === 'vendor' && principal.vendorid === order.vendorid;
  return mayOperate(principal) || isAccount(principal, order.accountid) || isCounter;
}

/** Whether the caller may read the invoice with this key, in whole or in part: a customer its own; a vendor reads none. */
export function mayReadInvoice(principal: Principal, invoice: Pick<InvoiceKey, 'accountid'>): boolean {
  return mayOperate(principal) || isAccount(principal, invoice.accountid);
}

const isAccount = (principal: Principal, accountid: string): boolean =>
  principal.kind === 'customer' && principal.accountid === accountid;
