import { createClient } from '@coffee/api';
import type { Invoice } from '@coffee/domain';
import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import type { FetchLike } from 'eventsource';
import { EventSource } from 'eventsource';
import { navigate } from 'wouter/use-browser-location';
import { Session } from '../sign-in/session.ts';

/** The server did not answer: it is down or restarting. */
class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

async function send(request: Request): Promise<Response> {
  const response = await fetch(request).catch((cause: unknown) => {
    throw new Unreachable(
      'The server does not answer. Start it with “npx pnpm start”; this page then continues by itself.',
      { cause },
    );
  });
  if (response.status === 401) session.refused();
  return response;
}

const baseUrl = globalThis.location.origin;

/** Who is signed in to the server that served this page. */
export const session = new Session({
  url: () => new URL(globalThis.location.href),
  leaveFor: (page, { replace }) => (replace ? location.replace(page) : location.assign(page)),
  show: (path) => navigate(path, { replace: true }),
  storage: () => sessionStorage,
  readIssuer: () => createClient({ baseUrl, fetch: send }).getIssuer(),
});

/**
 * The API of the server that served this page. A call throws `ApiProblem` when the server refuses, and
 * {@link Unreachable} when it does not answer.
 */
export const client = createClient({ baseUrl, fetch: send, token: session.token });

/** The live events. The browser's own `EventSource` sends no token. */
export const openEvents = (): EventSource => new EventSource('/events', { fetch: fetchEvents });

const fetchEvents: FetchLike = async (url, init) => {
  const token = await session.token();
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await send(new Request(url, { ...init, headers: { ...init.headers, ...headers } }));
  if (response.status === 401) await session.token(); // throws: no one is signed in any more
  return response;
};

const forever = { staleTime: Number.POSITIVE_INFINITY };

export const menuQuery = queryOptions({ queryKey: ['menu'], queryFn: () => client.getMenu(), ...forever });

export const workflowQuery = queryOptions({ queryKey: ['workflow'], queryFn: () => client.getWorkflow(), ...forever });

export const faultsQuery = queryOptions({ queryKey: ['faults'], queryFn: () => client.listFaults() });

/** One execution. While it runs it is read again at intervals, in case an event was missed. */
export const executionQuery = (orderid: string) =>
  queryOptions({
    queryKey: ['execution', orderid],
    queryFn: () => client.getExecutionHistory(orderid),
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? 2000 : false),
  });

export const orderQuery = (accountid: string, vendorid: string) =>
  queryOptions({
    queryKey: ['order', accountid, vendorid],
    queryFn: () => client.getOrder({ accountid, vendorid }),
  });

/** A signed link, renewed once it has expired. */
export const invoiceLinkQuery = (objectKey: string) =>
  queryOptions({
    queryKey: ['invoice-link', objectKey],
    queryFn: () => client.getInvoice(objectKey),
    staleTime: ({ state }) => Math.max(0, Date.parse(state.data?.expiresAt ?? '') - Date.now() || 0),
  });

/** What a signed link leads to. */
export function openInvoice(url: string): Promise<Invoice> {
  // The link may name the server differently (localhost), and the page may ask its own origin only.
  const { pathname, search } = new URL(url);
  return client.openInvoice(new URL(`${pathname}${search}`, client.origin).href);
}

/** An invoice, read through its signed link. */
export const invoiceQuery = (objectKey: string) =>
  queryOptions({
    queryKey: ['invoice', objectKey],
    queryFn: async ({ client: cache }) => openInvoice((await cache.fetchQuery(invoiceLinkQuery(objectKey))).url),
    placeholderData: keepPreviousData,
  });

/** The email about an order; `null` until it has arrived. */
export const mailQuery = (orderid: string) =>
  queryOptions({
    queryKey: ['emails', 'of', orderid],
    queryFn: async () => (await client.listMails({ orderid, limit: 1 })).mails[0] ?? null,
  });

/** The cache of what was read. A request that was refused is not sent again; one without an answer is. */
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
