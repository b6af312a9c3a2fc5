import type { Order } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

/** An order of November 2026, two small lattes for 7.00. */
export const orderOf = (changes: Partial<Order> = {}): Order => ({ ...exampleOrder, ...changes });

/** What `task_put_item` gets for the order `o1`, sent by anyone at 09:30 UTC. */
export const putItemEvent = (order: unknown) => ({
  orderid: 'o1',
  acceptedAt: '2026-11-24T09:30:00.000Z',
  input: { body: JSON.stringify({ order }), caller: { kind: 'anyone' } as const },
});

type Query = Pick<APIGatewayProxyEvent, 'multiValueQueryStringParameters' | 'queryStringParameters'>;

/** A proxy event with these query parameters and nothing else. */
export function rawQueryEvent(query: Query): APIGatewayProxyEvent {
  return {
    httpMethod: 'GET',
    path: '/',
    resource: '/',
    headers: {},
    multiValueHeaders: {},
    pathParameters: null,
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    requestContext: {} as APIGatewayProxyEvent['requestContext'],
    ...query,
  };
}

/** The event of a query string, as API Gateway sends it: the last of repeated values, all of them, or null for none. */
export function queryEvent(queryString: string): APIGatewayProxyEvent {
  const parameters = new URLSearchParams(queryString);
  if (parameters.size === 0) {
    return rawQueryEvent({ queryStringParameters: null, multiValueQueryStringParameters: null });
  }
  return rawQueryEvent({
    queryStringParameters: Object.fromEntries(parameters),
    multiValueQueryStringParameters: Object.fromEntries(
      [...parameters.keys()].map((name) => [name, parameters.getAll(name)]),
    ),
  });
}

/** The context of an invocation, as Lambda gives it. */
export const lambdaContext: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'coffee-put-item',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:coffee-put-item',
  memoryLimitInMB: '512',
  awsRequestId: '5f3b2c1a-0000-4000-8000-000000000000',
  logGroupName: '/aws/lambda/coffee-put-item',
  logStreamName: '2026/11/24/[$LATEST]0',
  getRemainingTimeInMillis: () => 1_000,
  done() {},
  fail() {},
  succeed() {},
};
