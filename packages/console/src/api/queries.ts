import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  linkInvoice,
  listMails,
  openInvoice,
  readExecution,
  readFaults,
  readMenu,
  readOrder,
  readWorkflow,
} from './calls.ts';

const forever = { staleTime: Number.POSITIVE_INFINITY };

export const menuQuery = queryOptions({ queryKey: ['menu'], queryFn: readMenu, ...forever });

export const workflowQuery = queryOptions({ queryKey: ['workflow'], queryFn: readWorkflow, ...forever });

export const faultsQuery = queryOptions({ queryKey: ['faults'], queryFn: readFaults });

/** One execution. While it runs it is read again now and then, should an event have been missed. */
export const executionQuery = (orderid: string) =>
  queryOptions({
    queryKey: ['execution', orderid],
    queryFn: () => readExecution(orderid),
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? 2000 : false),
  });

export const orderQuery = (accountid: string, vendorid: string) =>
  queryOptions({ queryKey: ['order', accountid, vendorid], queryFn: () => readOrder(accountid, vendorid) });

/** A signed link, asked for again once it has expired. */
export const invoiceLinkQuery = (objectKey: string) =>
  queryOptions({
    queryKey: ['invoice-link', objectKey],
    queryFn: () => linkInvoice(objectKey),
    staleTime: ({ state }) => Math.max(0, Date.parse(state.data?.expiresAt ?? '') - Date.now() || 0),
  });

/** An invoice, read through a signed link as anyone would. */
export const invoiceQuery = (objectKey: string) =>
  queryOptions({
    queryKey: ['invoice', objectKey],
    queryFn: async ({ client }) => openInvoice(await client.fetchQuery(invoiceLinkQuery(objectKey))),
    placeholderData: keepPreviousData,
  });

/** The mail about an order, once it has arrived. */
export const mailQuery = (orderid: string) =>
  queryOptions({
    queryKey: ['mails', 'of', orderid],
    queryFn: async () => (await listMails({ orderid }, { limit: 1 })).items[0] ?? null,
  });
