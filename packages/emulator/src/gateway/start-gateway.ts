import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatewayApi } from './api.ts';
import type { Answer } from './gateway-response.ts';
import { requestHandler } from './handle-request.ts';
import type { Invoker } from './lambda-proxy.ts';
import type { BackEnd } from './step-functions-back-end.ts';
import { stepFunctionsBackEnd } from './step-functions-back-end.ts';

/** What a gateway serves, and what stands behind it. */
export interface GatewayOptions {
  readonly api: GatewayApi;
  /** `prod` unless told. */
  readonly stage?: string;
  /** 0 (a free port) unless told. The server listens on 127.0.0.1 only. */
  readonly port?: number;
  /** The account of `$context.accountId`. */
  readonly accountId?: string;
  /** What answers the calls of Step Functions: its endpoint, or a function, for a test of any status. */
  readonly backEnd: string | BackEnd;
  /** The client that invokes the functions of Lambda proxies. */
  readonly lambda: Invoker;
  /** Shorter than the 29 seconds of the integrations, for a test of the timeout. */
  readonly timeoutMilliseconds?: number;
  /** Told of errors that the client does not see the cause of. Written to standard error unless given. */
  readonly onError?: (error: unknown) => void;
}

/** A running gateway. */
export interface Gateway {
  /** The origin, like `http://127.0.0.1:3000`; the API is under its stage. */
  readonly url: string;
  /** Stops taking requests and ends those that are open. */
  close(): Promise<void>;
}

/**
 * Serves a REST API by HTTP as API Gateway does.
 *
 * @throws when the port is taken, the API has no such stage, or a model of it is no JSON Schema draft 4.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { api, stage = 'prod', port = 0, accountId = '000000000000', backEnd, lambda, timeoutMilliseconds } = options;
  const onError = options.onError ?? ((error: unknown) => console.error(error));
  const handle = requestHandler({
    api,
    stage,
    accountId,
    lambda,
    backEnd: typeof backEnd === 'string' ? stepFunctionsBackEnd(backEnd) : backEnd,
    timeoutMilliseconds,
    onError,
  });
  const server = createServer((incoming, response) => {
    handle(incoming)
      .then((answer) => send(response, answer))
      .catch((error: unknown) => {
        onError(error);
        response.destroy();
      });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status;
  response.setHeaders(headers);
  response.end(body);
}
