import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerClaims, identifiers, orders, principals } from '../arbitraries.ts';
import { invoiceKeyOf } from '../invoice/invoice.ts';
import { mayPlace, OrderForbidden } from '../pricing/placed-order.ts';
import { parsePrincipal } from '../stored/parse-stored.ts';
import type { Principal } from './principal.ts';
import { mayOperate, mayReadInvoice, mayReadOrder, principalOf } from './principal.ts';

/** Who calls, in relation to an order: each kind, once as the order's own and once as another. */
const callers = {
  'its customer': { kind: 'customer', accountid: 'a0' },
  'another customer': { kind: 'customer', accountid: 'a1' },
  'a customer named as the vendor': { kind: 'customer', accountid: 'v0' },
  'its vendor': { kind: 'vendor', vendorid: 'v0' },
  'another vendor': { kind: 'vendor', vendorid: 'v1' },
  'a vendor named as the account': { kind: 'vendor', vendorid: 'a0' },
  'an operator': { kind: 'operator' },
  anyone: { kind: 'anyone' },
} as const satisfies Readonly<Record<string, Principal>>;

/** Rules that an outsider knows: by who is calling, which of the four rules say yes. */
const allowed: Readonly<Record<keyof typeof callers, string>> = {
  'its customer': 'place, order, invoice',
  'another customer': '',
  'a customer named as the vendor': '',
  'its vendor': 'order',
  'another vendor': '',
  'a vendor named as the account': '',
  'an operator': 'place, order, invoice, operate',
  anyone: 'place, order, invoice, operate',
};

const order = { accountid: 'a0', vendorid: 'v0', orderdate: '2026-11-24 09:30:00' };

/** What a caller may do with an order and its invoice. */
function rightsOf(principal: Principal, of: typeof order): string {
  const rights = {
    place: mayPlace(principal, of),
    order: mayReadOrder(principal, of),
    invoice: mayReadInvoice(principal, invoiceKeyOf(of)),
    operate: mayOperate(principal),
  };
  return Object.entries(rights)
    .filter(([, may]) => may)
    .map(([name]) => name)
    .join(', ');
}

describe('who may what', () => {
  it.each(Object.entries(callers))('%s', (name, principal) => {
    expect(rightsOf(principal, order)).toBe(allowed[name as keyof typeof callers]);
  });

  it('no one does anything with what belongs to others, whatever the ids', () => {
    fc.assert(
      fc.property(principals, orders, (principal, of) => {
        const isCustomer = principal.kind === 'customer' && principal.accountid === of.accountid;
        const isVendor = principal.kind === 'vendor' && principal.vendorid === of.vendorid;
        const isTrusted = principal.kind === 'operator' || principal.kind === 'anyone';
        const relation = isTrusted
          ? 'an operator'
          : isCustomer
            ? 'its customer'
            : isVendor
              ? 'its vendor'
              : 'another vendor';
        expect(rightsOf(principal, of)).toBe(allowed[relation]);
      }),
      { numRuns: 500 },
    );
  });

  it('a caller of an unknown kind may do nothing', () => {
    for (const kind of ['admin', 'Operator', '', 'toString', undefined]) {
      expect(rightsOf({ kind, accountid: 'a0', vendorid: 'v0' } as never, order)).toBe('');
    }
  });

  it('OrderForbidden is told by its name', () => {
    const error = new OrderForbidden('a1');
    expect(error).toMatchObject({ name: 'OrderForbidden', code: 'OrderForbidden' });
    expect(error.message).toBe('this caller may not place orders for account a1');
  });
});

describe('parsePrincipal', () => {
  it('answers every principal as it was sent, as JSON', () => {
    fc.assert(
      fc.property(principals, (principal) => {
        expect(parsePrincipal(JSON.parse(JSON.stringify(principal)))).toEqual(principal);
      }),
    );
  });

  it.each([
    ['nothing', undefined, 'the value'],
    ['null', null, 'the value'],
    ['a text', 'operator', 'the value'],
    ['no kind', {}, 'kind'],
    ['an unknown kind', { kind: 'admin' }, 'kind'],
    ['a customer without an account', { kind: 'customer' }, 'accountid'],
    ['an account outside the alphabet', { kind: 'customer', accountid: 'a/0' }, 'accountid'],
    ['an account that is a number', { kind: 'customer', accountid: 0 }, 'accountid'],
    ['a customer with a counter', { kind: 'customer', accountid: 'a0', vendorid: 'v0' }, 'the value'],
    ['a vendor with an account', { kind: 'vendor', vendorid: 'v0', accountid: 'a0' }, 'the value'],
    ['an operator with an account', { kind: 'operator', accountid: 'a0' }, 'the value'],
    ['a field named as a prototype', JSON.parse('{"kind":"anyone","__proto__":{"kind":"operator"}}'), 'the value'],
  ])('refuses %s, and names the field', (_, value, field) => {
    expect(() => parsePrincipal(value)).toThrowError(
      expect.objectContaining({ name: 'StoredValueRejected', message: expect.stringMatching(`^${field} (must|has)`) }),
    );
  });
});

describe('principalOf', () => {
  it.each([
    [{ accountid: 'a0' }, { kind: 'customer', accountid: 'a0' }],
    [{ vendorid: 'v0' }, { kind: 'vendor', vendorid: 'v0' }],
    [{ role: 'operator' }, { kind: 'operator' }],
    [{ role: 'operator', accountid: 'a0', vendorid: 7 }, { kind: 'operator' }],
    [
      { role: 'customer', accountid: 'a0', vendorid: 'v0' },
      { kind: 'customer', accountid: 'a0' },
    ],
    [
      { role: 'vendor', accountid: 'a0', vendorid: 'v0' },
      { kind: 'vendor', vendorid: 'v0' },
    ],
  ])('%o is %o', (claims, principal) => {
    expect(principalOf(claims)).toEqual(principal);
  });

  it.each([
    [{}],
    [{ accountid: 'a0', vendorid: 'v0' }],
    [{ accountid: 'a0', vendorid: null }],
    [{ role: null, accountid: 'a0' }],
    [{ role: 'customer', vendorid: 'v0' }],
    [{ role: 'vendor', accountid: 'a0' }],
    [{ role: 'anyone' }],
    [{ role: 'admin', accountid: 'a0' }],
    [{ role: 'Operator' }],
    [{ role: ['operator'] }],
    [{ role: '' }],
    [{ accountid: 0 }],
    [{ accountid: '' }],
    [{ accountid: 'a/0' }],
    [{ accountid: ['a0'] }],
    [{ vendorid: ['v0'] }],
  ])('%o is not a caller', (claims) => {
    expect(principalOf(claims)).toBeUndefined();
  });

  it('makes whom the claims name and no one else, whatever they hold', () => {
    fc.assert(
      fc.property(callerClaims, (claims) => {
        const principal = principalOf(claims);
        if (principal === undefined) return;
        expect(principal.kind).not.toBe('anyone');
        if (principal.kind === 'operator') expect(claims.role).toBe('operator');
        if (principal.kind === 'customer') expect(principal.accountid).toBe(claims.accountid);
        if (principal.kind === 'vendor') expect(principal.vendorid).toBe(claims.vendorid);
        expect(parsePrincipal(principal)).toEqual(principal);
      }),
      { numRuns: 500 },
    );
  });

  it('takes every id that the domain accepts', () => {
    fc.assert(
      fc.property(identifiers, (id) => {
        expect(principalOf({ accountid: id })).toEqual({ kind: 'customer', accountid: id });
        expect(principalOf({ vendorid: id })).toEqual({ kind: 'vendor', vendorid: id });
      }),
    );
  });
});
