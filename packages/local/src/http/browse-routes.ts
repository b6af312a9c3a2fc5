import { invoiceCursor, orderCursor, problem, queries, readQuery } from '@coffee/api';
import type { Menu } from '@coffee/domain';
import type { InvoiceList, Mailbox, OrderList } from '@coffee/ports';
import { abortable } from '@coffee/ports';
import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { InvoiceOpener } from '../composition/tokens.ts';
import { invoiceJson } from './invoice-json.ts';
import { answerFresh, answerProblem } from './messages.ts';
import type { ReadPace } from './read-pace.ts';

/** What the reading routes need. Orders and invoices cannot be browsed when another adapter keeps them. */
export interface BrowseRoutesOptions {
  readonly menu: Menu;
  /** In the Amazon States Language. */
  readonly workflow: object;
  readonly mailbox: Mailbox;
  readonly orders: OrderList | undefined;
  readonly invoices: InvoiceList | undefined;
  readonly links: InvoiceOpener;
  /** Asks the store, for `GET /healthz`. */
  readonly check: () => Promise<unknown>;
  /** How long the store may take to answer that. Defaults to 5 seconds. */
  readonly checkMilliseconds?: number;
}

/** The menu, the workflow, the mailbox, the orders, the invoices, and what a signed link leads to. */
export function browseRoutes(options: BrowseRoutesOptions, pace: ReadPace): Hono {
  const { menu, workflow, mailbox, links, orders, invoices, check, checkMilliseconds = 5000 } = options;
  const routes = new Hono();

  routes.get('/healthz', async (context) => {
    await abortable({ signal: AbortSignal.timeout(checkMilliseconds) }, check);
    return answerFresh(context, { status: 'ok' });
  });
  routes.get('/menu', (context) => context.json(menu));
  routes.get('/workflow', (context) => context.json(workflow));

  routes.get('/mailbox', async (context) => {
    const query = readQuery(context.req.queries(), queries.listMails);
    if (!query.success) return answerProblem(context, query.problem);
    return answerFresh(context, await mailbox.page(query.values));
  });

  routes.get('/orders', async (context) => {
    const query = readQuery(context.req.queries(), queries.listOrders);
    if (!query.success) return answerProblem(context, query.problem);
    if (orders === undefined) return answerProblem(context, problem('KeptElsewhere'));
    const { next, ...page } = await orders.page(query.values);
    return answerFresh(context, next === undefined ? page : { ...page, next: z.encode(orderCursor, next) });
  });

  routes.get('/invoices', async (context) => {
    const query = readQuery(context.req.queries(), queries.listInvoices);
    if (!query.success) return answerProblem(context, query.problem);
    if (invoices === undefined) return answerProblem(context, problem('KeptElsewhere'));
    const { next, ...page } = await invoices.page(query.values);
    return answerFresh(context, next === undefined ? page : { ...page, next: z.encode(invoiceCursor, next) });
  });

  routes.get('/invoices/*', async (context) => {
    const invoice = await links.open(context.req.url);
    if (invoice === undefined) return answerProblem(context, problem('LinkRejected'));
    const { accountid, period } = invoice;
    const name = `invoice-${period.year}-${period.month}-${accountid}.json`;
    return context.body(ReadableStream.from(invoiceJson(invoice, pace)), 200, {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, no-store',
    });
  });

  return routes;
}
