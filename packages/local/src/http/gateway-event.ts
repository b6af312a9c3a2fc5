import type { APIGatewayProxyEvent } from 'aws-lambda';

/** The part of a Lambda proxy event that the handlers read, as API Gateway would send it. */
export function gatewayEvent(url: string): APIGatewayProxyEvent {
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
