import type { Principal } from '@coffee/domain';
import { mayOperate } from '@coffee/domain';

export const paths = {
  placeOrder: '/',
  executions: '/console/executions',
  execution: (orderid: string) => `/console/executions/${encodeURIComponent(orderid)}`,
  orders: '/console/orders',
  order: (accountid: string, vendorid: string) =>
    `/console/orders/${encodeURIComponent(accountid)}/${encodeURIComponent(vendorid)}`,
  invoices: '/console/invoices',
  /** An invoice by its object key, `year/month/accountid`. */
  invoice: (objectKey: string) => `/console/invoices/${objectKey.split('/').map(encodeURIComponent).join('/')}`,
  mailbox: '/console/mailbox',
  mail: (orderid: string) => `/console/mailbox/${encodeURIComponent(orderid)}`,
  faults: '/console/faults',
} as const;

/** Whether the page at this address reads what only operators may read. */
export const isForOperators = (path: string): boolean => path === paths.mailbox || path === paths.faults;

/** Whether the console has the page at this address for a caller: a vendor places no orders and reads no invoices. */
export function isFor(caller: Principal, path: string): boolean {
  if (isForOperators(path)) return mayOperate(caller);
  const isForCustomers = path === paths.placeOrder || path === '/console' || path.startsWith(paths.invoices);
  return caller.kind !== 'vendor' || !isForCustomers;
}
