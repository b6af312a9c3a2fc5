import type { InvoiceKey } from '@coffee/domain';
import { InvoiceKeyRejected, parseInvoiceKey } from '@coffee/domain';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { InvoiceOpener, InvoicePages, Mailbox, OrderPages } from '../composition/tokens.ts';
import { beforeOrder, writeOrderPosition } from './order-position.ts';
import { answerProblem } from './problem-response.ts';
import type { QueryRule } from './read-query.ts';
import { anyText, beforeSequence, defaultLimit, identifier, limit, readQuery, wholeNumber } from './read-query.ts';

/** What the routes that read the stores need. Orders and invoices cannot be browsed where another adapter keeps them. */
export interface BrowseRoutesOptions {
  readonly mailbox: Mailbox;
  readonly links: InvoiceOpener;
  readonly orders: OrderPages | undefined;
  readonly invoices: InvoicePages | undefined;
}

const beforeInvoice: QueryRule<InvoiceKey> = {
  read: (text) => {
    try {
      return parseInvoiceKey(text);
    } catch (error) {
      if (error instanceof InvoiceKeyRejected) return undefined;
      throw error;
    }
  },
  rule: 'must be the "next" of an earlier page',
};

const elsewhere = (context: Context): Response =>
  answerProblem(context, 501, 'KeptElsewhere', 'orders and invoices are kept on AWS, and are not browsed from here');

/** The mailbox, the orders, the invoices, and what a signed invoice link leads to. */
export function browseRoutes({ mailbox, links, orders, invoices }: BrowseRoutesOptions): Hono {
  const routes = new Hono();

  routes.get('/mailbox', async (context) => {
    const query = readQuery(context, { limit, before: beforeSequence, orderid: anyText });
    if (!query.success) return query.answer;
    context.header('Cache-Control', 'no-store');
    return context.json(await mailbox.mails({ limit: defaultLimit, ...query.values }));
  });

  routes.get('/orders', async (context) => {
    const query = readQuery(context, { accountid: identifier, vendorid: identifier, limit, before: beforeOrder });
    if (!query.success) return query.answer;
    if (orders === undefined) return elsewhere(context);
    const { next, ...page } = await orders.page({ limit: defaultLimit, ...query.values });
    context.header('Cache-Control', 'no-store');
    return context.json(next === undefined ? page : { ...page, next: writeOrderPosition(next) });
  });

  routes.get('/invoices', async (context) => {
    const query = readQuery(context, {
      year: wholeNumber(1, 9999),
      month: wholeNumber(1, 12),
      accountid: identifier,
      limit,
      before: beforeInvoice,
    });
    if (!query.success) return query.answer;
    if (invoices === undefined) return elsewhere(context);
    const { next, ...page } = await invoices.page({ limit: defaultLimit, ...query.values });
    context.header('Cache-Control', 'no-store');
    return context.json(next === undefined ? page : { ...page, next: next.objectKey });
  });

  routes.get('/invoices/*', async (context) => {
    const invoice = await links.open(context.req.url);
    if (invoice === undefined) {
      return answerProblem(context, 403, 'LinkRejected', 'this link has expired, was changed, or leads to no invoice');
    }
    const { accountid, period } = invoice;
    const name = `invoice-${period.year}-${period.month}-${accountid}.json`;
    return context.json(invoice, 200, {
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, no-store',
    });
  });

  return routes;
}
