import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { MemoryAuthenticator } from '@coffee/adapter-memory';
import { Damaged, Unavailable } from '@coffee/ports';
import { ContainerModule } from 'inversify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localTokens } from '../composition/tokens.ts';
import type { LocalOptions } from '../start-local.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { orderOf } from '../test-support/order-of.ts';

type Call = { readonly headers?: Record<string, string>; readonly body?: string | Buffer };

const good = JSON.stringify({ order: orderOf('a1', 'v1') });

/** The answer to a call, without what is new in every answer. */
function ask(system: CoffeeSystem, path: string, { headers, body = good }: Call) {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const json = { 'content-type': 'application/json', ...headers };
    const call = request(`${system.url}${path}`, { method: 'POST', headers: json }, async (response) => {
      const { date: _date, 'content-length': length, ...kept } = response.headers;
      const answer = await text(response);
      expect(length).toBe(String(Buffer.byteLength(answer)));
      const withoutTime = answer.replace(/"startDate":[\d.]+/, '"startDate":0');
      resolve({ status: response.statusCode, headers: kept, body: withoutTime });
    });
    call.on('error', reject).end(body);
  });
}

/** The same call with and without the framework, which any query brings in; each to a system of its own. */
async function askBoth(call: Call, options: LocalOptions = {}, before: readonly Call[] = []) {
  const answers = ['/prod/order', '/prod/order?framework'].map(async (path) => {
    const system = await CoffeeSystem.start({ onError: () => undefined, ...options });
    onTestFinished(() => system.close());
    for (const first of before) {
      await ask(system, path, first);
      await system.ended(String(first.headers?.['idempotency-key']));
    }
    return ask(system, path, call);
  });
  const [plain, framework] = await Promise.all(answers);
  return { plain, framework };
}

const failing = (error: Error): LocalOptions => {
  const store = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : () => Promise.reject(error)) });
  const module = new ContainerModule(
    ({ rebind }) => void rebind(localTokens.executions).toConstantValue(store as never),
  );
  return { modules: [module] };
};

const authenticator = new MemoryAuthenticator();
const knowing: LocalOptions = {
  modules: [new ContainerModule(({ bind }) => void bind(localTokens.authenticator).toConstantValue(authenticator))],
};
const bearer = (accountid: string) => ({ authorization: `Bearer ${authenticator.issue({ accountid })}` });

const key = { 'idempotency-key': 'k1' };
const others = JSON.stringify({ order: { ...orderOf('a1', 'v1'), city: '' }, more: 1, other: 2 });

describe('an order that no web page places is answered as by the framework', () => {
  it.each<[status: number, name: string, call: Call, options?: LocalOptions, before?: readonly Call[]]>([
    [202, 'accepted', { headers: key }],
    [
      202,
      'with a type that has parameters',
      { headers: { ...key, 'content-type': 'application/json; charset=utf-8' } },
    ],
    [400, 'not JSON', { body: '{"order":' }],
    [400, 'not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }],
    [400, 'no body', { body: '' }],
    [400, 'not an object', { body: '[]' }],
    [400, 'a refused order', { body: others }],
    [400, 'a key that cannot be one', { headers: { 'idempotency-key': 'a key' } }],
    [202, 'a known caller', { headers: { ...key, ...bearer('a1') } }, knowing],
    [
      400,
      'a key too long for a known caller',
      { headers: { 'idempotency-key': 'k'.repeat(61), ...bearer('a1') } },
      knowing,
    ],
    [401, 'no token', { headers: key }, knowing],
    [401, 'no token, and too large', { body: 'x'.repeat(300_000) }, knowing],
    [401, 'a bad token', { headers: { ...key, authorization: 'Bearer x' } }, knowing],
    [403, 'in the name of another', { headers: { ...key, ...bearer('a2') } }, knowing],
    [403, 'another host', { headers: { host: 'evil.example' } }],
    [409, 'a key that was used', { headers: key }, {}, [{ headers: key }]],
    [413, 'too large', { body: JSON.stringify({ order: 'x'.repeat(300_000) }) }],
    [415, 'another type', { headers: { 'content-type': 'text/plain' } }],
    [415, 'an encoding', { headers: { 'content-encoding': 'gzip' } }],
    [500, 'a defect', { headers: key }, failing(new Error('a defect'))],
    [500, 'damage', { headers: key }, failing(new Damaged('the execution k1 is damaged'))],
    [503, 'an outage', { headers: key }, failing(new Unavailable('an outage'))],
  ])('%i: %s', async (status, _, call, options, before) => {
    const { plain, framework } = await askBoth(call, options, before);
    expect(plain?.status).toBe(status);
    expect(plain).toEqual(framework);
  });

  it('leaves what a web page asks to the framework, which knows origins', async () => {
    const { plain, framework } = await askBoth({ headers: { ...key, origin: 'http://localhost:5173' } });
    expect(plain?.headers['access-control-allow-origin']).toBe('http://localhost:5173');
    expect(plain).toEqual(framework);
  });

  it('reports a defect', async () => {
    const reported: unknown[] = [];
    const defect = new Error('a defect');
    await askBoth({ headers: key }, { ...failing(defect), onError: (error) => reported.push(error) });
    expect(reported.filter((error) => error === defect).length).toBeGreaterThanOrEqual(2);
  });
});
