import { Hono } from 'hono';
import type { InvoiceOpener, Mailbox } from '../composition/tokens.ts';
import type { ExecutionStatus } from '../engine/execution.ts';
import type { Executions } from '../engine/executions.ts';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import { executionView, executionWithHistory } from './execution-view.ts';
import { answerProblem } from './problem-response.ts';

/** What the routes for the person at this machine need. */
export interface ConsoleRoutesOptions {
  readonly engine: WorkflowEngine;
  readonly executions: Executions;
  readonly mailbox: Mailbox;
  readonly links: InvoiceOpener;
}

const statuses: readonly string[] = ['RUNNING', 'SUCCEEDED', 'FAILED'] satisfies ExecutionStatus[];

interface Page {
  readonly limit: number;
  readonly before?: number;
}

function pageOf(limit = '100', before?: string): Page | undefined {
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > 1000) return undefined;
  if (before === undefined) return { limit: Number(limit) };
  return /^\d{1,15}$/.test(before) ? { limit: Number(limit), before: Number(before) } : undefined;
}

const pageRule = 'limit must be a whole number from 1 to 1000, before the "next" of an earlier page';

/**
 * Signed invoices, the mailbox, the executions and the health of the process. Without CORS: other web pages in the same
 * browser are not to read the mail.
 */
export function consoleRoutes({ engine, executions, mailbox, links }: ConsoleRoutesOptions): Hono {
  const routes = new Hono();

  routes.get('/healthz', (context) => context.json({ status: 'ok' }));

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

  routes.get('/mailbox', async (context) => {
    const { limit, before, orderid } = context.req.query();
    const page = pageOf(limit, before);
    if (page === undefined) return answerProblem(context, 400, 'ParameterRejected', pageRule);
    return context.json(await mailbox.mails(orderid === undefined ? page : { ...page, orderid }));
  });

  routes.get('/executions', async (context) => {
    const { limit, before, status } = context.req.query();
    const page = pageOf(limit, before);
    if (page === undefined) return answerProblem(context, 400, 'ParameterRejected', pageRule);
    if (status !== undefined && !statuses.includes(status)) {
      return answerProblem(context, 400, 'ParameterRejected', `status must be one of ${statuses.join(', ')}`);
    }
    const found = await executions.page(status === undefined ? page : { ...page, status: status as ExecutionStatus });
    return context.json({ ...found, executions: found.executions.map(executionView) });
  });

  routes.get('/executions/:orderid', async (context) => {
    const execution = await executions.get(context.req.param('orderid'));
    if (execution === undefined) return answerProblem(context, 404, 'ExecutionNotFound', 'there is no such execution');
    return context.json(executionWithHistory(execution));
  });

  routes.post('/executions/:orderid/redrive', async (context) => {
    const orderid = context.req.param('orderid');
    const execution = await engine.redrive(orderid);
    if (execution !== undefined) return context.json(executionView(execution), 202);
    if ((await executions.get(orderid)) === undefined) {
      return answerProblem(context, 404, 'ExecutionNotFound', 'there is no such execution');
    }
    return answerProblem(context, 409, 'ExecutionNotRedrivable', 'only a failed execution can be redriven');
  });

  return routes;
}
