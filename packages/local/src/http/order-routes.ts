import type { Issue } from '@coffee/api';
import { executionName, problem, rejection } from '@coffee/api';
import type { Menu, Order } from '@coffee/domain';
import { issueLimit, safeParseOrder } from '@coffee/domain';
import type { LambdaHandlers } from '@coffee/lambdas';
import type { Executions } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { v7 as uuidv7 } from 'uuid';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import { answerFresh, answerProblem, executionArn, orderView, readJsonBody, toSeconds } from './messages.ts';

/** What the public routes need. */
export interface OrderRoutesOptions {
  readonly handlers: Pick<LambdaHandlers, 'getItem' | 'getObject'>;
  readonly engine: WorkflowEngine;
  readonly executions: Executions;
  readonly menu: Menu;
  /** Whether the server shuts down: nothing new begins. */
  readonly server: { readonly isClosing: boolean };
}

type ParsedRequest =
  | { readonly success: true; readonly order: Order }
  | { readonly success: false; readonly issues: readonly Issue[]; readonly moreIssues: number };

/** Checks a body `{ "order": … }`: every broken rule at once, its path from the body inward. */
function parseOrderRequest(body: unknown, menu: Menu): ParsedRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const issue = { path: [], code: 'wrong_type', message: 'the body must be an object' };
    return { success: false, issues: [issue], moreIssues: 0 };
  }
  const unknown = Object.keys(body).filter((key) => key !== 'order');
  const issues: Issue[] = unknown.slice(0, issueLimit).map((key) => {
    const name = key.length > 100 ? `${key.slice(0, 100)}…` : key;
    return { path: [name], code: 'unknown_key', message: `${name} is not a field of the body, which is {"order": …}` };
  });
  let moreIssues = unknown.length - issues.length;
  if (!Object.hasOwn(body, 'order')) {
    issues.push({ path: ['order'], code: 'required', message: 'order is required' });
    return { success: false, issues, moreIssues };
  }
  const result = safeParseOrder((body as { order: unknown }).order, menu);
  if (!result.success) {
    issues.push(...result.error.issues.map((issue) => ({ ...issue, path: ['order', ...issue.path] })));
    moreIssues += result.error.moreIssues;
  }
  return issues.length === 0 && result.success
    ? { success: true, order: result.data }
    : { success: false, issues, moreIssues };
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

/** Answers what a handler answered, except CORS, which is this server's own. */
function answerGateway(context: Context, { body, statusCode, headers = {} }: APIGatewayProxyResult): Response {
  const own = Object.entries(headers).filter(([name]) => !/^access-control-/i.test(name));
  return context.body(body, statusCode as 200, Object.fromEntries(own) as Record<string, string>);
}

/** The routes of the API under its stage, as API Gateway serves them. */
export function orderRoutes({ handlers, engine, executions, menu, server }: OrderRoutesOptions): Hono<{
  Bindings: HttpBindings;
}> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.post('/order', async (context) => {
    const { incoming } = context.env;
    const body = await readJsonBody(incoming);
    if (!body.success) return answerProblem(context, body.problem);
    const key = incoming.headers['idempotency-key'];
    if (key !== undefined && !executionName.test(String(key))) {
      return answerProblem(context, problem('IdempotencyKeyRejected'));
    }
    const request = parseOrderRequest(body.value, menu);
    if (!request.success) return answerProblem(context, rejection('OrderRejected', request.issues, request.moreIssues));
    if (server.isClosing) throw new Unavailable('the server is shutting down');
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
    return answerFresh(context, orderView(execution));
  });

  return routes;
}
