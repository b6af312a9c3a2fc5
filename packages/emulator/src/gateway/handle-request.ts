import type { IncomingMessage } from 'node:http';
import type { GatewayApi, Integration } from './api.ts';
import type { Route } from './find-route.ts';
import { findRoute } from './find-route.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { parametersOf, readRequest } from './gateway-request.ts';
import type { Answer } from './gateway-response.ts';
import { answerError } from './gateway-response.ts';
import { mapRequest } from './integration-request.ts';
import { mapAnswer } from './integration-response.ts';
import type { Invoker } from './lambda-proxy.ts';
import { invokeProxy, proxyEvent } from './lambda-proxy.ts';
import { evaluateExpression } from './mapping-expression.ts';
import { mockStatus } from './mock-status.ts';
import type { RequestContext } from './request-context.ts';
import { requestContext } from './request-context.ts';
import type { BackEnd } from './step-functions-back-end.ts';
import { requestValidator } from './validate-request.ts';
import type { TemplateContext } from './vtl/render-template.ts';
import { withinTime } from './within-time.ts';

/** Everything that a request is handled with. */
export interface HandlerOptions {
  readonly api: GatewayApi;
  readonly stage: string;
  readonly accountId: string;
  readonly backEnd: BackEnd;
  readonly lambda: Invoker;
  readonly timeoutMilliseconds: number | undefined;
  readonly onError: (error: unknown) => void;
}

/** A request on its way to the back end. */
interface Passage {
  readonly request: GatewayRequest;
  readonly route: Route;
  readonly context: RequestContext;
  readonly given: TemplateContext & { readonly stageVariables: Readonly<Record<string, string>> };
}

/** Text of a body: bytes that are not UTF-8 become U+FFFD, as Java decodes. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Makes the handler of requests: route, size, validation, mapping, back end, mapping, each error by its gateway response.
 *
 * @throws when the API has no such stage, or a model of it is no JSON Schema draft 4.
 */
export function requestHandler(options: HandlerOptions): (incoming: IncomingMessage) => Promise<Answer> {
  const { api, stage, accountId, onError } = options;
  const stageVariables = api.stages[stage];
  if (stageVariables === undefined) throw new Error(`the API has no stage ${stage}`);
  const methods = api.resources.flatMap((resource) => Object.values(resource.methods));
  const validators = new Map(methods.map((method) => [method, requestValidator(method)] as const));

  async function pass(passage: Passage): Promise<Answer> {
    const { request, route, given } = passage;
    validators.get(route.method)?.(given.parameters, request.contentType, given.body);
    return integrate(route.method.integration, passage, options);
  }

  return async (incoming) => {
    const request = await readRequest(incoming);
    const [, first = '', path = ''] = /^\/([^/]*)(.*)$/s.exec(request.path) ?? [];
    const route = first === stage ? findRoute(api.resources, request.method, path) : undefined;
    const context = requestContext(request, {
      apiId: api.id,
      accountId,
      stage,
      ...(route === undefined ? {} : { resource: route.resource }),
    });
    const parameters = parametersOf(request, route?.pathParameters ?? {});
    const given = { body: utf8.decode(request.body), parameters, context, stageVariables };
    try {
      if (first !== stage) return withIds(forbidden(), context);
      if (route === undefined) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN');
      if (request.body === undefined) throw new GatewayError('REQUEST_TOO_LARGE');
      return withIds(await pass({ request, route, context, given }), context);
    } catch (error) {
      const known = error instanceof GatewayError ? error : new GatewayError('DEFAULT_5XX', { cause: error });
      if (known.cause !== undefined) onError(known.cause);
      return withIds(answerError(known, api.gatewayResponses, given, request.accept), context);
    }
  };
}

async function integrate(integration: Integration, passage: Passage, options: HandlerOptions): Promise<Answer> {
  const { request, route, context, given } = passage;
  if (integration.type === 'AWS_PROXY') {
    const event = proxyEvent(request, route, context, given);
    const milliseconds = options.timeoutMilliseconds ?? integration.timeoutMilliseconds;
    return withinTime(milliseconds, (signal) => invokeProxy(options.lambda, integration.functionArn, event, signal));
  }
  const { body, headers: overridden } = mapRequest(integration, request.contentType, given);
  if (integration.type === 'MOCK') {
    return mapAnswer(integration.responses, { status: mockStatus(body), body: '' }, given, request.accept);
  }
  const { service, action, region } = integration;
  const headers = new Headers();
  for (const [name, expression] of Object.entries(integration.requestHeaders)) {
    const value = evaluateExpression(expression, given);
    if (value !== undefined) headers.set(name, value);
  }
  for (const [name, value] of Object.entries(overridden)) headers.set(name, value);
  const answer = await withinTime(options.timeoutMilliseconds ?? integration.timeoutMilliseconds, (signal) =>
    options.backEnd({ service, action, region, headers: Object.fromEntries(headers), body, signal }),
  );
  return mapAnswer(integration.responses, answer, given, request.accept);
}

/** A stage that does not exist is no part of the API, so no gateway response applies. */
const forbidden = (): Answer => ({
  status: 403,
  headers: new Headers({ 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'ForbiddenException' }),
  body: '{"message":"Forbidden"}',
});

function withIds(answer: Answer, { requestId, extendedRequestId }: RequestContext): Answer {
  answer.headers.set('x-amzn-RequestId', requestId);
  answer.headers.set('x-amz-apigw-id', extendedRequestId);
  return answer;
}
