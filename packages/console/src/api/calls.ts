import type { Invoice, Menu, Order, PlacedOrder } from '@coffee/domain';
import { getJson, sendJson, withQuery } from './http.ts';
import type {
  ExecutionDetail,
  ExecutionStatus,
  ExecutionSummary,
  Fault,
  Faults,
  InvoiceLink,
  InvoiceSummary,
  Mail,
  OrderAccepted,
  Page,
  Workflow,
} from './wire.ts';

/** Where a page of a list begins, and how long it is. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

type Cursor = string | number | undefined;

function pageOf<Item>(items: readonly Item[], next: Cursor): Page<Item> {
  return next === undefined || next === null ? { items } : { items, next: String(next) };
}

export const readMenu = (): Promise<Menu> => getJson('/menu');

export const readWorkflow = (): Promise<Workflow> => getJson('/workflow');

export const placeOrder = (order: unknown): Promise<OrderAccepted> => sendJson('POST', '/prod/order', { order });

export const readOrder = (accountid: string, vendorid: string): Promise<PlacedOrder> =>
  getJson(withQuery('/prod/order', { accountid, vendorid }));

export async function listOrders(
  filter: Partial<Pick<Order, 'accountid' | 'vendorid'>>,
  { limit, cursor }: PageRequest,
): Promise<Page<PlacedOrder>> {
  const path = withQuery('/orders', { ...filter, limit, before: cursor });
  const { orders, next } = await getJson<{ orders: PlacedOrder[]; next?: Cursor }>(path);
  return pageOf(orders, next);
}

export async function listExecutions(
  status: ExecutionStatus | undefined,
  { limit, cursor }: PageRequest,
): Promise<Page<ExecutionSummary>> {
  const path = withQuery('/executions', { status, limit, before: cursor });
  const { executions, next } = await getJson<{ executions: ExecutionSummary[]; next?: Cursor }>(path);
  return pageOf(executions, next);
}

export const readExecution = (orderid: string): Promise<ExecutionDetail> =>
  getJson(`/executions/${encodeURIComponent(orderid)}`);

export const redrive = (orderid: string): Promise<ExecutionSummary> =>
  sendJson('POST', `/executions/${encodeURIComponent(orderid)}/redrive`);

export async function listInvoices(
  filter: { readonly year?: number; readonly month?: number; readonly accountid?: string },
  { limit, cursor }: PageRequest,
): Promise<Page<InvoiceSummary>> {
  const path = withQuery('/invoices', { ...filter, limit, before: cursor });
  const { invoices, next } = await getJson<{ invoices: InvoiceSummary[]; next?: Cursor }>(path);
  return pageOf(invoices, next);
}

export const linkInvoice = (objectKey: string): Promise<InvoiceLink> =>
  getJson(withQuery('/prod/invoice', { objectKey }));

/** What a signed link leads to. */
export async function openInvoice({ url }: InvoiceLink): Promise<Invoice> {
  // The server may be reached by another name than the one it signs (localhost); the page may only ask its own.
  const { pathname, search } = new URL(url, 'http://localhost');
  return getJson(`${pathname}${search}`);
}

export async function listMails(
  filter: { readonly orderid?: string },
  { limit, cursor }: PageRequest,
): Promise<Page<Mail>> {
  const { mails, next } = await getJson<{ mails: Mail[]; next?: Cursor }>(
    withQuery('/mailbox', { ...filter, limit, before: cursor }),
  );
  return pageOf(mails, next);
}

export const readFaults = (): Promise<Faults> => getJson('/faults');

export const setFault = (fault: Fault): Promise<Faults> => sendJson('PUT', '/faults', fault);

export const clearFaults = (): Promise<void> => sendJson('DELETE', '/faults');
