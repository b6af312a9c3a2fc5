import type { LambdaClient } from '@aws-sdk/client-lambda';
import { InvokeCommand } from '@aws-sdk/client-lambda';
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
  const answer = output.FunctionError === undefined ? readAnswer(payload) : undefined;
  if (answer !== undefined) return answer;
  throw new GatewayError('DEFAULT_5XX', { status: 502, cause: new Error(`the function answered ${payload}`) });
}

/** What the functions of this API answer: a status, headers and a text, and nothing else. */
function readAnswer(payload: string): Answer | undefined {
  const { statusCode, headers = {}, body, ...others } = parseObject(payload);
  const isStatus = typeof statusCode === 'number' && Number.isInteger(statusCode) && statusCode >= 200;
  if (!isStatus || statusCode > 599 || typeof body !== 'string' || Object.keys(others).length > 0) return undefined;
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return undefined;
  if (!Object.values(headers).every((value) => typeof value === 'string')) return undefined;
  return { status: statusCode, headers: headersOf({ 'Content-Type': 'application/json' }, { ...headers }), body };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
