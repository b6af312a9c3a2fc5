import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
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
import { Unreachable } from './http.ts';

const forever = { staleTime: Number.POSITIVE_INFINITY };

export const menuQuery = queryOptions({ queryKey: ['menu'], queryFn: readMenu, ...forever });

export const workflowQuery = queryOptions({ queryKey: ['workflow'], queryFn: readWorkflow, ...forever });

export const faultsQuery = queryOptions({ queryKey: ['faults'], queryFn: readFaults });

/** One execution. While it runs it is read again at intervals, in case an event was missed. */
export const executionQuery = (orderid: string) =>
  queryOptions({
    queryKey: ['execution', orderid],
    queryFn: () => readExecution(orderid),
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? 2000 : false),
  });

export const orderQuery = (accountid: string, vendorid: string) =>
  queryOptions({ queryKey: ['order', accountid, vendorid], queryFn: () => readOrder(accountid, vendorid) });

/** A signed link, renewed once it has expired. */
export const invoiceLinkQuery = (objectKey: string) =>
  queryOptions({
    queryKey: ['invoice-link', objectKey],
    queryFn: () => linkInvoice(objectKey),
    staleTime: ({ state }) => Math.max(0, Date.parse(state.data?.expiresAt ?? '') - Date.now() || 0),
  });

/** An invoice, read through its signed link. */
export const invoiceQuery = (objectKey: string) =>
  queryOptions({
    queryKey: ['invoice', objectKey],
    queryFn: async ({ client }) => openInvoice(await client.fetchQuery(invoiceLinkQuery(objectKey))),
    placeholderData: keepPreviousData,
  });

/** The email about an order; `null` until it has arrived. */
export const mailQuery = (orderid: string) =>
  queryOptions({
    queryKey: ['emails', 'of', orderid],
    queryFn: async () => (await listMails({ orderid }, { limit: 1 })).items[0] ?? null,
  });

/** The cache of what was read. A request that is refused is not sent again; one without an answer is. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always', // an embedded server answers without a network
        retry: (failures, error) => error instanceof Unreachable && failures < 2,
        retryDelay: 500,
        staleTime: 1000,
      },
      mutations: { networkMode: 'always' },
    },
  });
