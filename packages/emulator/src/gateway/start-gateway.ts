import type { IncomingMessage } from 'node:http';
import type { Listening } from '../servers/listen.ts';
import { listen } from '../servers/listen.ts';
import { authorizers } from './authorizer.ts';
import { bodyValidator } from './body-validator.ts';
import type { BackEnd } from './execution-integration.ts';
import { callStepFunctions, stepFunctionsBackEnd } from './execution-integration.ts';
import { lastOf, readRequest, requestContext } from './gateway-request.ts';
import type { Answer } from './gateway-response.ts';
import { answerError, GatewayError } from './gateway-response.ts';
import type { Invoker } from './lambda-proxy.ts';
import { invokeProxy, proxyEvent } from './lambda-proxy.ts';
import type { GatewayApi, Route } from './read-api.ts';

/** What a gateway serves, and what is behind it. */
export interface GatewayOptions {
  readonly api: GatewayApi;
  /** What answers the calls of Step Functions: its endpoint, or a function, for a test of any status. */
  readonly backEnd: string | BackEnd;
  /** The client that invokes the functions of Lambda proxies and authorizers. */
  readonly lambda: Invoker;
  /** How long a back end may take. Defaults to the 29 seconds of API Gateway. */
  readonly timeoutMilliseconds?: number;
  /** Gets the errors whose cause the client does not see. Defaults to writing them to standard error. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Serves the API by HTTP as API Gateway does, on a free port of 127.0.0.1.
 *
 * @throws when a model of the API is not JSON Schema draft 4.
 */
export async function startGateway(options: GatewayOptions): Promise<Listening> {
  const handle = requestHandler(options);
  return listen((incoming, response) => {
    handle(incoming).then(
      ({ status, headers, body }) => response.writeHead(status, Object.fromEntries(headers)).end(body),
      () => response.destroy(), // the client went away
    );
  });
}

/** Makes the handler of requests: route, size, authorizer, validation, integration, and for each error its gateway response. */
function requestHandler(options: GatewayOptions): (incoming: IncomingMessage) => Promise<Answer> {
  const { api, lambda, timeoutMilliseconds = 29_000, onError = (error) => console.error(error) } = options;
  const backEnd = typeof options.backEnd === 'string' ? stepFunctionsBackEnd(options.backEnd) : options.backEnd;
  const validators = new Map(
    api.routes.map((route) => [route, route.model === undefined ? undefined : bodyValidator(route.model)] as const),
  );

  const authorize = authorizers(lambda);

  return async (incoming) => {
    const request = await readRequest(incoming);
    const { body, contentType } = request;
    const [, stage = '', path = ''] = /^\/([^/]*)(.*)$/s.exec(request.path) ?? [];
    const { route, pathParameters } = findRoute(api.routes, request.method, path || '/');
    const own = requestContext(request, api, route);

    async function pass(): Promise<Answer> {
      if (stage !== api.stage) return forbidden();
      if (route === undefined) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN');
      if (body === undefined) throw new GatewayError('REQUEST_TOO_LARGE');
      const { integration, authorizer } = route;
      const context = authorizer ? { ...own, authorizer: await authorize(authorizer, request, own) } : own;
      if (integration.type === 'AWS_PROXY') {
        const event = proxyEvent(request, route, pathParameters, context);
        return within(timeoutMilliseconds, (signal) => invokeProxy(lambda, integration.functionArn, event, signal));
      }
      if (integration.type === 'MOCK') {
        if (contentType !== 'application/json') throw new Error('a mock has a template for application/json only');
        const [{ statusCode, headers }] = integration.responses;
        return { status: statusCode, headers: new Headers(headers), body: '' };
      }
      // A body of another content type than the model's is not validated, and then has no template to pass by.
      if (contentType !== 'application/json') throw new GatewayError('UNSUPPORTED_MEDIA_TYPE');
      const validationError = validators.get(route)?.(body);
      if (validationError !== undefined) throw new GatewayError('BAD_REQUEST_BODY', { validationError });
      const input = { body, context, parameters: { path: pathParameters, header: lastOf(request.headers) } };
      return within(timeoutMilliseconds, (signal) => callStepFunctions(integration, input, backEnd, signal));
    }

    const answer = await pass().catch((error: unknown) => {
      const known = error instanceof GatewayError ? error : new GatewayError('DEFAULT_5XX', { cause: error });
      if (known.cause !== undefined) onError(known.cause);
      return answerError(known, api.gatewayResponses);
    });
    answer.headers.set('x-amzn-RequestId', own.requestId);
    return answer;
  };
}

interface Match {
  readonly route?: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The method that serves a path, which is of the nearest resource or of none. */
function findRoute(routes: readonly Route[], httpMethod: string, path: string): Match {
  const matches = routes.flatMap((route) => {
    const pattern = route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const match = new RegExp(`^${pattern}/?$`).exec(path);
    if (match === null) return [];
    const parameters = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decode(value)]);
    return [{ route, pathParameters: Object.fromEntries(parameters) }];
  });
  const nearest = matches.filter(({ route }) => route.path === matches[0]?.route.path);
  return nearest.find(({ route }) => route.httpMethod === httpMethod) ?? { pathParameters: {} };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // not percent-encoded UTF-8: it is taken as it is
  }
}

/** Waits for a back end, no longer than an integration may take. */
async function within<Result>(milliseconds: number, call: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const signal = AbortSignal.timeout(milliseconds);
  const { promise: expired, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(new GatewayError('INTEGRATION_TIMEOUT')), { once: true });
  return Promise.race([call(signal), expired]);
}

/** A stage that does not exist is not part of the API, so no gateway response applies. */
const forbidden = (): Answer => ({
  status: 403,
  headers: new Headers({ 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'ForbiddenException' }),
  body: '{"message":"Forbidden"}',
});
