import type { LambdaClient } from '@aws-sdk/client-lambda';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { GatewayRequest, RequestContext } from './gateway-request.ts';
import { lastOf } from './gateway-request.ts';
import type { Answer } from './gateway-response.ts';
import { GatewayError, headersOf } from './gateway-response.ts';
import type { Route } from './read-api.ts';

/** Who calls the functions. */
export type Invoker = Pick<LambdaClient, 'send'>;

/** The event that API Gateway hands to a function: the whole request. */
export function proxyEvent(
  request: GatewayRequest,
  route: Route,
  pathParameters: Readonly<Record<string, string>>,
  context: RequestContext,
) {
  const forwarded = { 'X-Forwarded-For': [request.sourceIp], 'X-Forwarded-Proto': ['https'] };
  const headers = { ...request.headers, ...forwarded };
  const orNull = <Values extends object>(values: Values) => (Object.keys(values).length === 0 ? null : values);
  return {
    resource: route.path,
    path: request.path.slice(context.stage.length + 1),
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastOf(request.query)),
    multiValueQueryStringParameters: orNull(request.query),
    pathParameters: orNull(pathParameters),
    stageVariables: null,
    requestContext: context,
    body: request.body === '' ? null : (request.body ?? null),
    isBase64Encoded: false,
  };
}

/** What the functions of this API answer: a status, headers and a text, and nothing else. */
const proxyAnswer = z.strictObject({
  statusCode: z.int().min(200).max(599),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string(),
});

function parseAnswer(payload: string) {
  try {
    return proxyAnswer.parse(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

/**
 * Invokes a function and reads its answer.
 *
 * @throws GatewayError of status 502 when the function failed or its answer is malformed, 500 when it could not be invoked.
 */
export async function invokeProxy(
  invoker: Invoker,
  functionArn: string,
  event: object,
  signal: AbortSignal,
): Promise<Answer> {
  const command = new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) });
  const output = await invoker.send(command, { abortSignal: signal }).catch((error: unknown) => {
    throw new GatewayError('DEFAULT_5XX', { cause: error });
  });
  const payload = Buffer.from(output.Payload ?? []).toString('utf8');
  const answer = output.FunctionError === undefined ? parseAnswer(payload) : undefined;
  if (answer === undefined) {
    throw new GatewayError('DEFAULT_5XX', { status: 502, cause: new Error(`the function answered ${payload}`) });
  }
  const { statusCode: status, headers, body } = answer;
  return { status, headers: headersOf({ 'Content-Type': 'application/json' }, headers), body };
}
