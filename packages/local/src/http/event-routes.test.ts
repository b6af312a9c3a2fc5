import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEvent } from '@coffee/api';
import { tokens } from '@coffee/lambdas';
import type { Notifier } from '@coffee/ports';
import { Faults, slow, unavailableBefore, withFaults } from '@coffee/ports/faults';
import { ContainerModule } from 'inversify';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import type { ReceivedEvent } from '../test-support/event-reader.ts';
import { EventReader } from '../test-support/event-reader.ts';
import { orderOf } from '../test-support/order-of.ts';

let system: CoffeeSystem;
const readers: EventReader[] = [];

async function listen(): Promise<EventReader> {
  const reader = await EventReader.open(system.url);
  readers.push(reader);
  return reader;
}

afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
  await system.close();
});

const hasEnded = ({ name, data }: ReceivedEvent): boolean => name === 'execution' && data.status !== 'RUNNING';
const historyOf = (reader: EventReader, orderid: string): HistoryEvent[] =>
  reader.events
    .filter(({ name, data }) => name === 'history' && data.orderid === orderid)
    .map(({ data }) => data.event as HistoryEvent);

describe('GET /events', () => {
  it('tells of an order from start to end: the states in order, the message, the end last', async () => {
    system = await CoffeeSystem.start();
    const reader = await listen();
    expect(reader.headers.get('content-type')).toBe('text/event-stream');
    expect(reader.headers.get('cache-control')).toBe('no-store');
    const orderid = await system.place();
    await reader.until(hasEnded);

    expect(reader.asides).toEqual(['retry: 1000']);
    expect(reader.events[0]).toMatchObject({ name: 'execution', data: { orderid, status: 'RUNNING' } });
    expect(reader.events.at(-1)).toMatchObject({ name: 'execution', data: { orderid, status: 'SUCCEEDED' } });
    expect(reader.events.filter(({ name }) => name === 'mail').map(({ data }) => data)).toEqual([
      { id: orderid, subject: expect.stringContaining('Latte'), sentAt: expect.stringMatching(/Z$/) },
    ]);
    // The events are those that can be read afterwards, one by one.
    const { history } = await system.get<{ history: HistoryEvent[] }>(`/executions/${orderid}`);
    expect(historyOf(reader, orderid)).toEqual(history);
    const entered = history.filter(({ type }) => type === 'StateEntered').map(({ state }) => state);
    expect(entered).toEqual(['task_put_item', 'task_put_object', 'task_notify', 'Job Succeeded']);
  });

  it('tells of each failed attempt when it fails, and of each retry when it starts', async () => {
    system = await CoffeeSystem.start({ retryMilliseconds: 200 });
    const reader = await listen();
    await system.send('PUT', '/faults', { port: 'InvoiceStore', method: 'add', kind: 'before', times: 2 });
    const orderid = await system.place();
    await reader.until(({ data }) => (data.event as HistoryEvent | undefined)?.type === 'StateFailed');
    expect(historyOf(reader, orderid).at(-1)).toMatchObject({ type: 'StateFailed', attempt: 1 }); // not retried yet
    await reader.until(hasEnded);
    const attempts = historyOf(reader, orderid).filter(({ attempt }) => attempt !== undefined);
    const failed = { type: 'StateFailed', state: 'task_put_object', error: 'Unavailable' };
    const retried = { type: 'StateRetried', state: 'task_put_object' };
    expect(attempts).toMatchObject([
      { ...failed, attempt: 1 },
      { ...retried, attempt: 1 },
      { ...failed, attempt: 2 },
      { ...retried, attempt: 2 },
    ]);
    expect(attempts[0]?.cause).toContain('on purpose');
  });

  it('follows an execution that was already running, and replays nothing of it', async () => {
    const notifier = new Faults<Notifier>();
    const retried = Promise.withResolvers<void>();
    notifier.next(
      'publish',
      unavailableBefore(),
      slow(() => retried.promise),
    );
    const faulty = new ContainerModule(({ onActivation }) => {
      onActivation(tokens.notifier, (_, port) => withFaults(port, notifier));
    });
    system = await CoffeeSystem.start({ modules: [faulty] });
    const orderid = await system.place();
    await expect.poll(() => notifier.calls('publish'), { interval: 5 }).toBe(2); // it failed once, and is being retried
    const reader = await listen();
    const read = () => system.get<{ status: string; history: HistoryEvent[] }>(`/executions/${orderid}`);
    const { status, history: seen } = await read();
    expect(status).toBe('RUNNING');
    retried.resolve();
    await reader.until(hasEnded);
    const { history } = await read();
    const told = historyOf(reader, orderid);
    expect(seen.length).toBeGreaterThan(3);
    expect(told.length).toBeLessThan(history.length);
    // What was read once the stream was open, and the events since, make up the whole history.
    const byId = new Map([...seen, ...told].map((event) => [event.id, event]));
    expect([...byId.values()].sort((a, b) => a.id - b.id)).toEqual(history);
  });

  it('tells of a redrive, and continues the ids of the history', async () => {
    system = await CoffeeSystem.start();
    await system.send('PUT', '/faults', { port: 'Notifier', method: 'publish', kind: 'before', times: 'always' });
    const orderid = await system.place();
    expect(await system.ended(orderid)).toMatchObject({ status: 'FAILED' });
    await system.send('DELETE', '/faults');
    const reader = await listen();
    await system.send('POST', `/executions/${orderid}/redrive`);
    await reader.until(hasEnded);
    expect(reader.events[0]).toMatchObject({ name: 'execution', data: { orderid, status: 'RUNNING' } });
    const { history } = await system.get<{ history: HistoryEvent[] }>(`/executions/${orderid}`);
    const told = historyOf(reader, orderid);
    expect(told).toEqual(history.slice(-told.length));
    expect(told[0]).toMatchObject({ type: 'StateEntered', state: 'task_notify' });
  });

  it('serves every reader, and continues when one leaves', async () => {
    system = await CoffeeSystem.start();
    const [first, second] = [await listen(), await listen()];
    await system.place();
    await first.until(hasEnded);
    await second.until(hasEnded);
    expect(first.events).toEqual(second.events);
    await first.close();
    const count = second.events.length;
    await system.ended(await system.place(orderOf('a2', 'v2')));
    await second.until((event) => second.events.indexOf(event) >= count && hasEnded(event));
    const third = await listen(); // after a while without clients, too
    await second.close();
    const orderid = await system.place(orderOf('a3', 'v3'));
    await third.until((event) => hasEnded(event) && event.data.orderid === orderid);
  });

  it('ends when the server stops, and a client that reconnects gets events from then on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-events-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const data = join(folder, 'coffee.sqlite');
    system = await CoffeeSystem.start({ data });
    const port = Number(new URL(system.url).port);
    const first = await listen();
    const before = await system.place();
    await first.until(hasEnded);
    await system.close();
    await first.ended;

    system = await CoffeeSystem.start({ data, port });
    const second = await listen();
    const orderid = await system.place(orderOf('a2', 'v2'));
    await second.until(hasEnded);
    expect(second.events.filter(({ data: { orderid: id } }) => id === before)).toEqual([]);
    expect(historyOf(second, orderid).at(-1)).toMatchObject({ type: 'ExecutionSucceeded' });
  });
});
