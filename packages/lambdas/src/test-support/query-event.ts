import type { APIGatewayProxyEvent } from 'aws-lambda';

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
