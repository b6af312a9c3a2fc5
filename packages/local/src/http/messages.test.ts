import type { Problem } from '@coffee/api';
import { tokens } from '@coffee/lambdas';
import type { Execution } from '@coffee/ports';
import * as fc from 'fast-check';
import { ContainerModule } from 'inversify';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LocalOptions } from '../start-local.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { EventReader } from '../test-support/event-reader.ts';
import { orderOf } from '../test-support/order-of.ts';
import { executionWithHistory, orderView } from './messages.ts';

let system: CoffeeSystem;

async function start(options?: LocalOptions): Promise<void> {
  system = await CoffeeSystem.start(options);
  onTestFinished(() => system.close());
}

/** A system in which storing an order fails with this error. */
async function startFailing(name: string, message: string): Promise<void> {
  const failing = new ContainerModule(({ onActivation }) => {
    onActivation(tokens.orderRepository, (_, port) => ({
      get: (accountid, vendorid) => port.get(accountid, vendorid),
      put: () => Promise.reject(Object.assign(new Error(message), { name })),
    }));
  });
  await start({ modules: [failing] });
}

describe('of an error', () => {
  const secret = 'arn:aws:sts::1:assumed-role/x may not read /var/task/index.mjs';

  it('the public learns the name', async () => {
    await startFailing('AccessDenied', secret);
    const orderid = await system.place();
    await system.ended(orderid);
    const state = await system.get<object>(`/prod/order/${orderid}`);
    expect(Object.keys(state).sort()).toEqual(['error', 'order', 'orderid', 'startDate', 'status', 'stopDate']);
    expect(state).toMatchObject({ orderid, status: 'FAILED', error: 'AccessDenied' });
  });

  it('the public learns why an order is refused', async () => {
    await startFailing('OrderRejected', 'the menu has changed');
    const orderid = await system.place();
    await system.ended(orderid);
    const state = await system.get<object>(`/prod/order/${orderid}`);
    expect(state).toMatchObject({ error: 'OrderRejected', message: 'the menu has changed' });
    expect(state).not.toHaveProperty('cause');
  });

  it.each(['AccessDenied', 'OrderRejected'])(
    'the person at this machine learns all but the stack: %s',
    async (name) => {
      await startFailing(name, secret);
      const reader = await EventReader.open(system.url);
      const orderid = await system.place();
      await system.ended(orderid);
      await reader.until((event) => event.name === 'execution' && event.data.status === 'FAILED');
      await reader.close();
      const told = [
        await system.get<{ executions: readonly { readonly cause: string }[] }>('/executions'),
        await system.get<object>(`/executions/${orderid}`),
        reader.events,
      ].map((answer) => JSON.stringify(answer));
      for (const answer of told) {
        expect(answer).toContain(secret);
        expect(answer).not.toMatch(/trace|\.ts:\d/);
      }
    },
  );

  it('the public never learns more, whatever the cause is', async () => {
    await startFailing('x', 'x');
    const cause = fc.oneof(
      fc.constant('secret'),
      fc.json(),
      fc.jsonValue().map((trace) => JSON.stringify({ trace })),
    );
    fc.assert(
      fc.property(fc.constantFrom('OrderRejected', 'TypeError', 'States.Runtime'), cause, (error, text) => {
        const ended = { orderid: 'o', input: '', startedAt: 0, sequence: 1, status: 'FAILED', stoppedAt: 1 } as const;
        const state = orderView({ ...ended, error, cause: text });
        expect(state).toEqual({ orderid: 'o', status: 'FAILED', startDate: 0, stopDate: 0.001, error });
      }),
    );
  });
});

it.each([
  ['{"body":"{}","caller":{"kind":"anyone"}}', { body: '{}', caller: { kind: 'anyone' } }],
  ['{"order":{"city":"Perth"}}', { order: { city: 'Perth' } }],
  ['null', null],
  ['{"order":', '{"order":'],
])('of the input %s, the execution shows what it can', (input, shown) => {
  const execution: Execution = { orderid: 'o1', input, startedAt: 0, status: 'FAILED', sequence: 1, history: [] };
  expect(executionWithHistory(execution).input).toEqual(shown);
});

describe('of 240 kB of unknown keys', () => {
  const keys = Object.fromEntries(Array.from({ length: 22_000 }, (_, key) => [`k${key}`, 0]));
  const long = { ['k'.repeat(250_000)]: 0 };
  const order = orderOf('a1', 'v1');
  it.each([
    ['the body', 100, { ...keys, order }, 21_900],
    ['a body without an order', 100, keys, 21_901],
    ['an order', 100, { order: { ...order, ...keys } }, 21_900],
    ['details', 100, { order: { ...order, details: { ...order.details, ...keys } } }, 21_900],
    ['a body, one of them long', 1, { ...long, order }, undefined],
    ['an order, one of them long', 1, { order: { ...order, ...long } }, undefined],
  ])('%s, the first 100 are told', async (_, told, body, more) => {
    await start();
    const answer = await system.send('POST', '/prod/order', body);
    expect(answer.status).toBe(400);
    const text = await answer.text();
    const { code, issues, moreIssues } = JSON.parse(text) as Problem;
    expect(code).toBe('OrderRejected');
    expect(issues).toHaveLength(told);
    expect(moreIssues).toBe(more);
    expect(text.length).toBeLessThan(40_000);
  });
});
