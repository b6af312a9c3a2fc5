import type { Menu } from '@coffee/domain';
import type { LambdaHandlers } from '@coffee/lambdas';
import type { HttpBindings } from '@hono/node-server';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { v7 as uuidv7 } from 'uuid';
import type { Executions } from '../engine/executions.ts';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import { executionArn, executionView, toSeconds } from './execution-view.ts';
import { gatewayEvent } from './gateway-event.ts';
import { parseOrderRequest } from './order-request.ts';
import { answerProblem } from './problem-response.ts';
import { readJsonBody } from './read-json-body.ts';

/** What the public routes need. */
export interface OrderRoutesOptions {
  readonly handlers: LambdaHandlers;
  readonly engine: WorkflowEngine;
  readonly executions: Executions;
  readonly menu: Menu;
}

type Edge = { Bindings: HttpBindings };

/** Names that Step Functions takes for an execution and that its logs keep. */
const idempotencyKey = /^[0-9A-Za-z_-]{1,80}$/;
const answerGateway = (context: Context, result: APIGatewayProxyResult): Response =>
  context.body(result.body, result.statusCode as 200, result.headers as Record<string, string>);

/** The routes of the API under its stage, as API Gateway serves them. */
export function orderRoutes({ handlers, engine, executions, menu }: OrderRoutesOptions): Hono<Edge> {
  const routes = new Hono<Edge>();
  routes.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      allowHeaders: ['Content-Type', 'Idempotency-Key'],
      exposeHeaders: ['Location', 'Retry-After'],
      maxAge: 600,
    }),
  );

  routes.post('/order', async (context) => {
    const { incoming } = context.env;
    const body = await readJsonBody(context, incoming);
    if (!body.success) return body.answer;
    const key = incoming.headers['idempotency-key'];
    if (key !== undefined && !idempotencyKey.test(String(key))) {
      const rule = 'Idempotency-Key must be 1 to 80 of the characters A-Z a-z 0-9 _ -';
      return answerProblem(context, 400, 'IdempotencyKeyRejected', rule);
    }
    const request = parseOrderRequest(body.value, menu);
    if (!request.success) {
      const detail = request.issues.map((issue) => issue.message).join('; ');
      return answerProblem(context, 400, 'OrderRejected', detail, { issues: request.issues });
    }
    const orderid = key === undefined ? uuidv7() : String(key);
    const outcome = await engine.start(orderid, JSON.stringify({ order: request.order }));
    const location = `/prod/order/${orderid}`;
    if (outcome.kind === 'exists') {
      context.header('Location', location);
      const detail = `execution ${orderid} has ended or was started with another body`;
      return answerProblem(context, 409, 'ExecutionAlreadyExists', detail);
    }
    context.header('Location', location);
    const startDate = toSeconds(outcome.execution.startedAt);
    return context.json({ orderid, executionArn: executionArn(orderid), startDate }, 202);
  });

  routes.get('/order', async (context) =>
    answerGateway(context, await handlers.getItem(gatewayEvent(context.req.url))),
  );
  routes.get('/invoice', async (context) =>
    answerGateway(context, await handlers.getObject(gatewayEvent(context.req.url))),
  );

  routes.get('/order/:orderid', async (context) => {
    const orderid = context.req.param('orderid');
    const execution = await executions.get(orderid);
    if (execution === undefined) return answerProblem(context, 404, 'ExecutionNotFound', 'there is no such order');
    context.header('Cache-Control', 'no-store');
    return context.json(executionView(execution));
  });

  for (const [path, allow] of [
    ['/order', 'GET, POST, OPTIONS'],
    ['/order/:orderid', 'GET, OPTIONS'],
    ['/invoice', 'GET, OPTIONS'],
  ] as const) {
    routes.all(path, (context) => {
      context.header('Allow', allow);
      return answerProblem(context, 405, 'MethodNotAllowed', `${context.req.method} is not for this path`);
    });
  }
  return routes;
}
