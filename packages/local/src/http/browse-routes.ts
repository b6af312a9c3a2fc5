import { invoiceCursor, orderCursor, problem, queries, readQuery } from '@coffee/api';
import type { Menu } from '@coffee/domain';
import { mayOperate } from '@coffee/domain';
import type { InvoiceList, Mailbox, OrderList } from '@coffee/ports';
import { abortable } from '@coffee/ports';
import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { IssuerOptions } from '../composition/oidc-module.ts';
import type { InvoiceOpener } from '../composition/tokens.ts';
import type { CallerEnv } from './callers.ts';
import { mayReadSent, ownOf } from './callers.ts';
import { invoiceJson } from './invoice-json.ts';
import { answerFresh, answerProblem } from './messages.ts';
import type { ReadPace } from './read-pace.ts';

/** What the reading routes need. Orders and invoices cannot be browsed when another adapter keeps them. */
export interface BrowseRoutesOptions {
  /** How to sign in. Without one, no one needs to. */
  readonly issuer?: IssuerOptions | undefined;
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
export function browseRoutes(options: BrowseRoutesOptions, pace: ReadPace): Hono<CallerEnv> {
  const { issuer, menu, workflow, mailbox, links, orders, invoices, check, checkMilliseconds = 5000 } = options;
  const routes = new Hono<CallerEnv>();

  routes.get('/healthz', async (context) => {
    await abortable({ signal: AbortSignal.timeout(checkMilliseconds) }, check);
    return answerFresh(context, { status: 'ok' });
  });
  routes.get('/menu', (context) => context.json(menu));
  routes.get('/issuer', (context) => {
    if (issuer === undefined) return answerFresh(context, {});
    const { url, audience, clientid = 'coffee' } = issuer;
    return answerFresh(context, { issuer: url, audience, clientid });
  });
  routes.get('/workflow', (context) => context.json(workflow));

  routes.get('/mailbox', async (context) => {
    const query = readQuery(context.req.queries(), queries.listMails);
    if (!query.success) return answerProblem(context, query.problem);
    const { caller } = context.var;
    if (query.values.orderid === undefined && !mayOperate(caller)) {
      return answerProblem(context, problem('OperatorRequired', 'a customer or a vendor asks for one orderid'));
    }
    const { mails, ...page } = await mailbox.page(query.values);
    return answerFresh(context, { mails: mails.filter(({ attributes }) => mayReadSent(caller, attributes)), ...page });
  });

  routes.get('/orders', async (context) => {
    const query = readQuery(context.req.queries(), queries.listOrders);
    if (!query.success) return answerProblem(context, query.problem);
    if (orders === undefined) return answerProblem(context, problem('KeptElsewhere'));
    const own = ownOf(context.var.caller, query.values);
    const { next, ...page } = own === undefined ? { orders: [] } : await orders.page(own);
    return answerFresh(context, next === undefined ? page : { ...page, next: z.encode(orderCursor, next) });
  });

  routes.get('/invoices', async (context) => {
    const query = readQuery(context.req.queries(), queries.listInvoices);
    if (!query.success) return answerProblem(context, query.problem);
    if (invoices === undefined) return answerProblem(context, problem('KeptElsewhere'));
    const { caller } = context.var;
    const own = caller.kind === 'vendor' ? undefined : ownOf(caller, query.values);
    const { next, ...page } = own === undefined ? { invoices: [] } : await invoices.page(own);
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
