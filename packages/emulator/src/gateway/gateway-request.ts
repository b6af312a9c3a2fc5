import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { GatewayApi, Route } from './read-api.ts';

/** The most that API Gateway takes: 10 MB. */
const bodyLimit = 10 * 1024 * 1024;

/** How much of a body is read and discarded beyond that, so that the client gets to read the answer. */
const drainLimit = 2 * bodyLimit;

/** Headers that API Gateway keeps for itself. */
const dropped = new Set([
  ...['connection', 'content-length', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade', 'www-authenticate'],
]);

type Values = Readonly<Record<string, readonly string[]>>;

/** A request as it came in. */
export interface GatewayRequest {
  readonly method: string;
  /** The path with its stage, percent-encoded. */
  readonly path: string;
  readonly protocol: string;
  readonly sourceIp: string;
  readonly userAgent: string | null;
  /** By the names as they were written: API Gateway tells them apart by case. */
  readonly headers: Values;
  readonly query: Values;
  /** The media type without its parameters, in lower case. */
  readonly contentType: string;
  /** Bytes that are not UTF-8 become U+FFFD, as Java decodes them. Absent when the body has more than 10 MB. */
  readonly body?: string;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads a request, and its body to the end. */
export async function readRequest(incoming: IncomingMessage): Promise<GatewayRequest> {
  const [path = '/', search = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const { headers, rawHeaders } = incoming;
  const pairs = rawHeaders.flatMap((name, index) =>
    index % 2 === 1 || dropped.has(name.toLowerCase()) ? [] : [[name, rawHeaders[index + 1] ?? ''] as const],
  );
  const body = await readBody(incoming);
  return {
    method: incoming.method ?? 'GET',
    path,
    protocol: `HTTP/${incoming.httpVersion}`,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    userAgent: headers['user-agent'] ?? null,
    headers: grouped(pairs),
    query: grouped([...new URLSearchParams(search)]),
    contentType: (headers['content-type'] ?? 'application/json').split(';', 1).join('').trim().toLowerCase(),
    ...(body === undefined ? {} : { body: utf8.decode(body) }),
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): Values {
  const names = new Set(pairs.map(([name]) => name));
  return Object.fromEntries(
    [...names].map((name) => [name, pairs.filter(([own]) => own === name).map(([, value]) => value)]),
  );
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
    else if (length > drainLimit) break;
  }
  return length > bodyLimit ? undefined : Buffer.concat(chunks);
}

/** The last of repeated values, by name. */
export const lastOf = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));

/** `$context`, which a Lambda proxy gets as its `requestContext`. */
export type RequestContext = ReturnType<typeof requestContext>;

/** The `$context` variables of one request. */
export function requestContext(request: GatewayRequest, api: GatewayApi, route: Route | undefined) {
  return {
    accountId: '000000000000',
    apiId: api.id,
    extendedRequestId: randomBytes(11).toString('base64'),
    httpMethod: request.method,
    identity: { sourceIp: request.sourceIp, userAgent: request.userAgent },
    path: request.path,
    protocol: request.protocol,
    requestId: randomUUID(),
    requestTimeEpoch: Date.now(),
    resourceId: route?.resourceId,
    resourcePath: route?.path,
    stage: api.stage,
  };
}
