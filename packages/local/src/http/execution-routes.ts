import { problem, queries, readQuery } from '@coffee/api';
import { orderOf } from '@coffee/application';
import { Unavailable } from '@coffee/ports';
import { Hono } from 'hono';
import type { CallerEnv } from './callers.ts';
import { mayReadSent, partiesOf, wantOperator } from './callers.ts';
import { answerFresh, answerProblem, executionView, executionWithHistory } from './messages.ts';
import type { OrderRoutesOptions } from './order-routes.ts';

/** Lists executions, shows one with its history, and redrives a failed one. */
export function executionRoutes(
  options: Pick<OrderRoutesOptions, 'engine' | 'executions' | 'server'>,
): Hono<CallerEnv> {
  const { engine, executions, server } = options;
  const routes = new Hono<CallerEnv>();

  routes.get('/executions', async (context) => {
    const query = readQuery(context.req.queries(), queries.listExecutions);
    if (!query.success) return answerProblem(context, query.problem);
    const own = partiesOf(context.var.caller);
    const [page, counts] = await Promise.all([executions.page({ ...query.values, ...own }), executions.counts(own)]);
    return answerFresh(context, { ...page, executions: page.executions.map(executionView), counts });
  });

  routes.get('/executions/:orderid', async (context) => {
    const execution = await engine.find(context.req.param('orderid'));
    if (execution === undefined || !mayReadSent(context.var.caller, orderOf(execution.input))) {
      return answerProblem(context, problem('ExecutionNotFound'));
    }
    return answerFresh(context, executionWithHistory(execution));
  });

  routes.post('/executions/:orderid/redrive', wantOperator, async (context) => {
    if (server.isClosing) throw new Unavailable('the server is shutting down');
    const orderid = context.req.param('orderid');
    const execution = await engine.redrive(orderid);
    if (execution !== undefined) return context.json(executionView(execution), 202);
    const isThere = (await executions.get(orderid)) !== undefined;
    return answerProblem(context, problem(isThere ? 'ExecutionNotRedrivable' : 'ExecutionNotFound'));
  });

  return routes;
}
