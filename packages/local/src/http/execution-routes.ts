import { Hono } from 'hono';
import type { ExecutionStatus } from '../engine/execution.ts';
import type { Executions } from '../engine/executions.ts';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import { executionView, executionWithHistory } from './execution-view.ts';
import { answerProblem } from './problem-response.ts';
import { beforeSequence, defaultLimit, limit, oneOf, readQuery } from './read-query.ts';

const status = oneOf(['RUNNING', 'SUCCEEDED', 'FAILED'] satisfies ExecutionStatus[]);

/** What the routes of the executions need. */
export interface ExecutionRoutesOptions {
  readonly engine: WorkflowEngine;
  readonly executions: Executions;
}

/** Lists executions, shows one with its history, and sets a failed one going again. */
export function executionRoutes({ engine, executions }: ExecutionRoutesOptions): Hono {
  const routes = new Hono();

  routes.get('/executions', async (context) => {
    const query = readQuery(context, { status, limit, before: beforeSequence });
    if (!query.success) return query.answer;
    const [page, counts] = await Promise.all([
      executions.page({ limit: defaultLimit, ...query.values }),
      executions.counts(),
    ]);
    context.header('Cache-Control', 'no-store');
    return context.json({ ...page, executions: page.executions.map(executionView), counts });
  });

  routes.get('/executions/:orderid', async (context) => {
    const execution = await engine.find(context.req.param('orderid'));
    if (execution === undefined) return answerProblem(context, 404, 'ExecutionNotFound', 'there is no such execution');
    context.header('Cache-Control', 'no-store');
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
