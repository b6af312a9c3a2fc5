import type { Issue } from '@coffee/api';
import { executionName, problem, rejection } from '@coffee/api';
import type { Menu, Order } from '@coffee/domain';
import { safeParseOrder } from '@coffee/domain';
import type { LambdaHandlers } from '@coffee/lambdas';
import type { Executions } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { v7 as uuidv7 } from 'uuid';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import { answerFresh, answerProblem, executionArn, executionView, readJsonBody, toSeconds } from './messages.ts';

/** What the public routes need. */
export interface OrderRoutesOptions {
  readonly handlers: Pick<LambdaHandlers, 'getItem' | 'getObject'>;
  readonly engine: WorkflowEngine;
  readonly executions: Executions;
  readonly menu: Menu;
}

type ParsedRequest =
  | { readonly success: true; readonly order: Order }
  | { readonly success: false; readonly issues: readonly Issue[] };

/** Checks a body `{ "order": … }`: every broken rule at once, its path from the body inward. */
function parseOrderRequest(body: unknown, menu: Menu): ParsedRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { success: false, issues: [{ path: [], code: 'wrong_type', message: 'the body must be an object' }] };
  }
  const issues: Issue[] = Object.keys(body)
    .filter((key) => key !== 'order')
    .map((key) => ({
      path: [key],
      code: 'unknown_key',
      message: `${key} is not a field of the body, which is {"order": …}`,
    }));
  if (!Object.hasOwn(body, 'order')) {
    issues.push({ path: ['order'], code: 'required', message: 'order is required' });
    return { success: false, issues };
  }
  const result = safeParseOrder((body as { order: unknown }).order, menu);
  if (!result.success) {
    issues.push(...result.error.issues.map((issue) => ({ ...issue, path: ['order', ...issue.path] })));
  }
  return issues.length === 0 && result.success ? { success: true, order: result.data } : { success: false, issues };
}

/** The part of a Lambda proxy event that the handlers read, as API Gateway would send it. */
function gatewayEvent(url: string): APIGatewayProxyEvent {
  const { pathname, searchParams } = new URL(url);
  const multi: Record<string, string[]> = {};
  for (const name of new Set(searchParams.keys())) multi[name] = searchParams.getAll(name);
  const single = Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1)]));
  return {
    httpMethod: 'GET',
    path: pathname,
    resource: pathname,
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: single,
    multiValueQueryStringParameters: multi,
    pathParameters: null,
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    requestContext: {} as APIGatewayProxyEvent['requestContext'],
  };
}

const answerGateway = (context: Context, result: APIGatewayProxyResult): Response =>
  context.body(result.body, result.statusCode as 200, result.headers as Record<string, string>);

/** The routes of the API under its stage, as API Gateway serves them. */
export function orderRoutes({ handlers, engine, executions, menu }: OrderRoutesOptions): Hono<{
  Bindings: HttpBindings;
}> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
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
    const body = await readJsonBody(incoming);
    if (!body.success) return answerProblem(context, body.problem);
    const key = incoming.headers['idempotency-key'];
    if (key !== undefined && !executionName.test(String(key))) {
      return answerProblem(context, problem('IdempotencyKeyRejected'));
    }
    const request = parseOrderRequest(body.value, menu);
    if (!request.success) return answerProblem(context, rejection('OrderRejected', request.issues));
    const orderid = key === undefined ? uuidv7() : String(key);
    const outcome = await engine.start(orderid, JSON.stringify({ order: request.order }));
    context.header('Location', `/prod/order/${orderid}`);
    if (outcome.kind === 'exists') {
      const detail = `execution ${orderid} has ended or was started with another body`;
      return answerProblem(context, problem('ExecutionAlreadyExists', detail));
    }
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
    const execution = await executions.get(context.req.param('orderid'));
    if (execution === undefined) return answerProblem(context, problem('ExecutionNotFound', 'there is no such order'));
    return answerFresh(context, executionView(execution));
  });

  return routes;
}
