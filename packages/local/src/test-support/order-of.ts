import type { Order } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';

/** An order of November 2026, two small lattes for 7.00. */
export const orderOf = (accountid: string, vendorid: string, changes: Partial<Order> = {}): Order => ({
  ...exampleOrder,
  accountid,
  vendorid,
  ...changes,
});
