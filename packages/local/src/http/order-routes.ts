import { problem } from '@coffee/api';
import { orderOf } from '@coffee/application';
import type { Principal } from '@coffee/domain';
import type { LambdaHandlers } from '@coffee/lambdas';
import type { Executions } from '@coffee/ports';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { CallerEnv } from './callers.ts';
import { mayReadSent, wantCaller } from './callers.ts';
import { answerFresh, answerProblem, orderView } from './messages.ts';
import type { PlaceOrderOptions } from './place-order.ts';
import { placeOrder } from './place-order.ts';

/** What the public routes need. */
export interface OrderRoutesOptions extends PlaceOrderOptions {
  readonly handlers: Pick<LambdaHandlers, 'getItem' | 'getObject'>;
  readonly executions: Executions;
}

/** The part of a Lambda proxy event that the handlers read, as API Gateway and its authorizer would send it. */
function gatewayEvent(url: string, caller: Principal): APIGatewayProxyEvent {
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
    requestContext: {
      authorizer: { caller: JSON.stringify(caller) },
    } as unknown as APIGatewayProxyEvent['requestContext'],
  };
}

/** Answers what a handler answered, except CORS, which is this server's own. */
function answerGateway(context: Context, { body, statusCode, headers = {} }: APIGatewayProxyResult): Response {
  const own = Object.entries(headers).filter(([name]) => !/^access-control-/i.test(name));
  return context.body(body, statusCode as 200, Object.fromEntries(own) as Record<string, string>);
}

/** The routes of the API under its stage, as API Gateway serves them. */
export function orderRoutes(options: OrderRoutesOptions): Hono<CallerEnv> {
  const { handlers, executions } = options;
  const routes = new Hono<CallerEnv>();
  const place = placeOrder(options);
  routes.post('/order', async (context) => {
    const { status, headers, body } = await place(context.env.incoming);
    return context.body(body, status as 202, headers);
  });

  routes.use(wantCaller(options.authenticator));

  routes.get('/order', async (context) =>
    answerGateway(context, await handlers.getItem(gatewayEvent(context.req.url, context.var.caller))),
  );
  routes.get('/invoice', async (context) =>
    answerGateway(context, await handlers.getObject(gatewayEvent(context.req.url, context.var.caller))),
  );

  routes.get('/order/:orderid', async (context) => {
    const execution = await executions.get(context.req.param('orderid'));
    const order = orderOf(execution?.input ?? '');
    if (execution === undefined || !mayReadSent(context.var.caller, order)) {
      return answerProblem(context, problem('ExecutionNotFound', 'there is no such order'));
    }
    return answerFresh(context, { ...orderView(execution), order });
  });

  return routes;
}
