import { problem } from '@coffee/api';
import { orderOf } from '@coffee/application';
import type { LambdaHandlers } from '@coffee/lambdas';
import type { Executions } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { answerFresh, answerProblem, orderView } from './messages.ts';
import type { PlaceOrderOptions } from './place-order.ts';
import { placeOrder } from './place-order.ts';

/** What the public routes need. */
export interface OrderRoutesOptions extends PlaceOrderOptions {
  readonly handlers: Pick<LambdaHandlers, 'getItem' | 'getObject'>;
  readonly executions: Executions;
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
export function orderRoutes(options: OrderRoutesOptions): Hono<{ Bindings: HttpBindings }> {
  const { handlers, executions } = options;
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const place = placeOrder(options);
  routes.post('/order', async (context) => {
    const { status, headers, body } = await place(context.env.incoming);
    return context.body(body, status as 202, headers);
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
    return answerFresh(context, { ...orderView(execution), order: orderOf(execution.input) });
  });

  return routes;
}
