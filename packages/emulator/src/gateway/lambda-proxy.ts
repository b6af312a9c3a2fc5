import type { LambdaClient } from '@aws-sdk/client-lambda';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Route } from './find-route.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { lastOf } from './gateway-request.ts';
import type { Answer } from './gateway-response.ts';
import type { RequestContext } from './request-context.ts';

/** Who calls the functions. */
export type Invoker = Pick<LambdaClient, 'send'>;

/** The event that API Gateway hands to a function: the whole request. */
export function proxyEvent(
  request: GatewayRequest,
  { resource, pathParameters }: Route,
  context: RequestContext,
  options: { readonly stageVariables: Readonly<Record<string, string>>; readonly body: string },
): APIGatewayProxyEvent {
  const forwarded = {
    'X-Amzn-Trace-Id': [context.xrayTraceId],
    'X-Forwarded-For': [request.sourceIp],
    'X-Forwarded-Port': ['443'],
    'X-Forwarded-Proto': ['https'],
  };
  const headers = { ...request.headers, ...forwarded };
  const orNull = <Values extends object>(values: Values) => (Object.keys(values).length === 0 ? null : values);
  const copied = (values: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));
  const path = request.path.slice(context.stage.length + 1);
  return {
    resource: resource.path,
    path: path === '' ? '/' : path,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: copied(headers),
    queryStringParameters: orNull(lastOf(request.query)),
    multiValueQueryStringParameters: orNull(copied(request.query)),
    pathParameters: orNull({ ...pathParameters }),
    stageVariables: orNull({ ...options.stageVariables }),
    requestContext: {
      ...context,
      authorizer: undefined,
      resourceId: resource.id,
      resourcePath: resource.path,
    },
    body: options.body === '' ? null : options.body,
    isBase64Encoded: false,
  };
}

/**
 * Invokes a function and reads its answer.
 *
 * @throws GatewayError of status 502 when the function failed or its answer has not the form of a proxy's, 500 when it
 * could not be invoked.
 */
export async function invokeProxy(
  invoker: Invoker,
  functionArn: string,
  event: APIGatewayProxyEvent,
  signal: AbortSignal,
): Promise<Answer> {
  const command = new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) });
  const output = await invoker.send(command, { abortSignal: signal }).catch((error: unknown) => {
    throw new GatewayError('DEFAULT_5XX', { cause: error });
  });
  const payload = Buffer.from(output.Payload ?? []).toString('utf8');
  if (output.FunctionError !== undefined) throw malformed(payload);
  return readProxyAnswer(payload);
}

const malformed = (payload: string, cause?: unknown): GatewayError =>
  new GatewayError('DEFAULT_5XX', { status: 502, cause: new Error(`the function answered ${payload}`, { cause }) });

/** What a function may answer; every member can be left out, and there may be no other. */
function readProxyAnswer(payload: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch (error) {
    throw malformed(payload, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(payload);
  const {
    statusCode = 200,
    headers,
    multiValueHeaders,
    body,
    isBase64Encoded,
    ...others
  } = value as Record<string, unknown>;
  const status = typeof statusCode === 'string' ? Number(statusCode) : statusCode;
  const isText = body === undefined || body === null || typeof body === 'string';
  const isFlag = isBase64Encoded === undefined || typeof isBase64Encoded === 'boolean';
  if (Object.keys(others).length > 0 || !isStatus(status) || !isText || !isFlag) throw malformed(payload);
  const all = new Headers();
  for (const [name, items] of entriesOf(multiValueHeaders, payload)) {
    if (!Array.isArray(items)) throw malformed(payload);
    for (const item of items) all.append(name, headerText(item, payload));
  }
  const many = new Map(entriesOf(multiValueHeaders, payload));
  for (const [name, item] of entriesOf(headers, payload)) {
    const there = many.get(name);
    if (!Array.isArray(there) || !there.includes(item)) all.append(name, headerText(item, payload));
  }
  if (!all.has('Content-Type')) all.set('Content-Type', 'application/json');
  return { status, headers: all, body: body ?? '' };
}

const isStatus = (status: unknown): status is number =>
  Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599;

function entriesOf(values: unknown, payload: string): [string, unknown][] {
  if (values === undefined || values === null) return [];
  if (typeof values !== 'object' || Array.isArray(values)) throw malformed(payload);
  return Object.entries(values);
}

function headerText(value: unknown, payload: string): string {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw malformed(payload);
}
