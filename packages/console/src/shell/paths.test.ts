import type { Principal } from '@coffee/domain';
import { expect, it } from 'vitest';
import { isFor, paths } from './paths.ts';

const customer: Principal = { kind: 'customer', accountid: 'a0' };
const vendor: Principal = { kind: 'vendor', vendorid: 'v0' };
const all: readonly Principal[] = [customer, vendor, { kind: 'operator' }, { kind: 'anyone' }];

it.each([
  [paths.placeOrder, ['customer', 'operator', 'anyone']],
  ['/console', ['customer', 'operator', 'anyone']],
  [paths.executions, ['customer', 'vendor', 'operator', 'anyone']],
  [paths.execution('o1'), ['customer', 'vendor', 'operator', 'anyone']],
  [paths.orders, ['customer', 'vendor', 'operator', 'anyone']],
  [paths.order('a0', 'v0'), ['customer', 'vendor', 'operator', 'anyone']],
  [paths.invoices, ['customer', 'operator', 'anyone']],
  [paths.invoice('2026/11/a0'), ['customer', 'operator', 'anyone']],
  [paths.mailbox, ['operator', 'anyone']],
  [paths.mail('o1'), ['customer', 'vendor', 'operator', 'anyone']],
  [paths.faults, ['operator', 'anyone']],
])('has the page %s for %j', (path, kinds) => {
  expect(all.filter((caller) => isFor(caller, path)).map(({ kind }) => kind)).toEqual(kinds);
});
