import type { IncomingMessage } from 'node:http';
import type { RequestParameters } from './vtl/input-object.ts';

/** The most that API Gateway takes: 10 MB. */
const bodyLimit = 10 * 1024 * 1024;

/** What is read and thrown away of a body that is too large, so that the client gets to read the answer. */
const drainLimit = 2 * bodyLimit;

/** Headers that API Gateway keeps for itself, in lower case. */
const dropped = new Set([
  ...['connection', 'content-length', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade', 'www-authenticate'],
]);

/** A request as it came, before it is known what it is for. */
export interface GatewayRequest {
  readonly method: string;
  /** The path with its stage, not decoded. */
  readonly path: string;
  readonly protocol: string;
  readonly sourceIp: string;
  /** By the names as they were written: API Gateway tells them apart by case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** The media type without its parameters, in lower case. */
  readonly contentType: string;
  readonly accept: string | undefined;
  readonly userAgent: string | null;
  readonly host: string;
  /** Absent when there are more than 10 MB. */
  readonly body?: Buffer;
}

/** Reads a request, and its body to the end. */
export async function readRequest(incoming: IncomingMessage): Promise<GatewayRequest> {
  const [path = '/', search = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const { headers } = incoming;
  const body = await readBody(incoming);
  return {
    method: incoming.method ?? 'GET',
    path,
    protocol: `HTTP/${incoming.httpVersion}`,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    headers: rawHeaders(incoming.rawHeaders),
    query: grouped([...new URLSearchParams(search)]),
    contentType: (headers['content-type'] ?? 'application/json').split(';', 1).join('').trim().toLowerCase(),
    accept: headers.accept,
    userAgent: headers['user-agent'] ?? null,
    host: headers.host ?? 'localhost',
    ...(body === undefined ? {} : { body }),
  };
}

/** The parameters of a request for templates and mapping expressions: the last of repeated values. */
export function parametersOf(request: GatewayRequest, path: Readonly<Record<string, string>>): RequestParameters {
  return { path, querystring: lastOf(request.query), header: lastOf(request.headers) };
}

/** The last value of each. */
export const lastOf = (values: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));

function rawHeaders(raw: readonly string[]): Record<string, string[]> {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    if (!dropped.has(name.toLowerCase())) pairs.push([name, value]);
  }
  return grouped(pairs);
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
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
