import type { PlacedOrder } from '@coffee/domain';
import { placeOrder } from '@coffee/domain';
import { unavailableBefore } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { arrange } from '../test-support/arrange.ts';
import { lambdaContext, orderOf, putItemEvent, queryEvent } from '../test-support/events.ts';
import { observeQuery, observeTask, withoutMessageInLogs } from './observe.ts';

/** What a function writes to standard output and standard error while it runs, line by line. */
async function captureOutput(run: () => Promise<unknown>): Promise<string[]> {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      written.push(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk));
      return true;
    };
  }
  try {
    await run();
  } finally {
    streams.forEach((stream, index) => {
      if (writes[index] !== undefined) stream.write = writes[index];
    });
  }
  return written.join('').trimEnd().split('\n');
}

const event = putItemEvent(orderOf());

function arrangeObserved() {
  const { handlers, ...rest } = arrange();
  return {
    ...rest,
    putItem: observeTask('put-item', handlers.putItem),
    putObject: observeTask('put-object', handlers.putObject),
    getItem: observeQuery('get-item', handlers.getItem),
  };
}

/** Runs it and returns the one line it must have written. */
async function onlyLine(run: () => Promise<unknown>): Promise<Record<string, unknown>> {
  const lines = await captureOutput(() => run().catch(() => undefined));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

describe('observe', () => {
  afterEach(() => {
    delete process.env._X_AMZN_TRACE_ID;
  });

  it('writes one short line for an invocation', async () => {
    process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    const { putItem } = arrangeObserved();
    const line = await onlyLine(() => putItem(event, lambdaContext));
    expect(line).toEqual({
      level: 'INFO',
      message: 'put-item',
      timestamp: expect.any(String),
      orderid: 'o1',
      outcome: 'succeeded',
      duration_ms: expect.any(Number),
      cold_start: true,
      xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793',
    });
    expect(line.duration_ms).toBeGreaterThanOrEqual(0);
    expect(new Date(String(line.timestamp)).getTime()).toBeLessThanOrEqual(Date.now());
    const orderid = '1795512600123-JKJaXmPLvHcESHA_'; // as API Gateway makes them
    delete process.env._X_AMZN_TRACE_ID;
    const typical = await onlyLine(() => putItem({ ...event, orderid }, lambdaContext));
    expect(typical).not.toHaveProperty('cold_start');
    expect(JSON.stringify(typical).length).toBeLessThanOrEqual(165); // what the cost table assumes
  });

  it('tells the trace only where there is one', async () => {
    process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';
    const { putItem } = arrangeObserved();
    expect(await onlyLine(() => putItem(event, lambdaContext))).not.toHaveProperty('xray_trace_id');
  });

  it('tells a refused order from a failure', async () => {
    const { putItem } = arrangeObserved();
    const line = await onlyLine(() => putItem(putItemEvent({}), lambdaContext));
    expect(line).toMatchObject({ level: 'INFO', outcome: 'refused', error_name: 'OrderRejected', orderid: 'o1' });
  });

  it.each([
    ['Unavailable', 'WARN'],
    ['NotificationInProgress', 'WARN'],
    ['Conflict', 'ERROR'],
    ['TypeError', 'ERROR'],
  ])('tells %s by its name and passes the error on', async (name, level) => {
    const error = Object.assign(new Error('a message that may hold input'), { name });
    const fail = observeTask('put-item', () => Promise.reject(error));
    const line = await onlyLine(async () => {
      await expect(fail(event, lambdaContext)).rejects.toBe(error);
    });
    expect(line).toMatchObject({ level, outcome: 'failed', error_name: name, orderid: 'o1' });
  });

  it.each(['o1\n{"level":"INFO"}', { toString: () => 'o1' }, '', 'a'.repeat(81)])(
    'tells no order id that is none: %j',
    async (orderid) => {
      const hostile = { ...event, orderid } as typeof event;
      const { putItem } = arrangeObserved();
      expect(await onlyLine(() => putItem(hostile, lambdaContext))).not.toHaveProperty('orderid');
    },
  );

  it('calls an error without a plain name Error, and lives through an event that is none', async () => {
    const error = Object.assign(new Error(), { name: 'L\'Aquila "☕"' });
    const fail = observeTask<typeof event, never>('put-item', () => Promise.reject(error));
    const line = await onlyLine(() => fail(null as unknown as typeof event, lambdaContext));
    expect(line).toMatchObject({ error_name: 'Error', outcome: 'failed' });
  });

  it('tells a query by its status: found, refused, failed', async () => {
    const { getItem, orders, faults } = arrangeObserved();
    await orders.put(placeOrder({ ...event, order: orderOf() }));
    const tell = (query: string) => onlyLine(() => getItem(queryEvent(query), lambdaContext));
    expect(await tell('accountid=a0&vendorid=v0')).toMatchObject({ outcome: 'succeeded', status: 200 });
    const refused = await tell('accountid=a0&vendorid=v1');
    expect(refused).toMatchObject({ level: 'INFO', outcome: 'refused', status: 404, error_name: 'OrderNotFound' });
    faults.orders.next('get', unavailableBefore());
    expect(await tell('accountid=a0&vendorid=v0')).toMatchObject({
      level: 'WARN',
      outcome: 'failed',
      status: 503,
      error_name: 'Unavailable',
    });
  });

  it('never writes anything of an order but its id, whatever is in the order and however it ends', async () => {
    const secret = 'S3cr3t';
    const hostile = fc.constantFrom(`${secret}`, `${secret}\n{"level":"INFO"}`, `"${secret}\\`, `${secret}\u2028☕`);
    const broken = fc.object({ key: hostile, values: [hostile, fc.integer()], maxDepth: 2 });
    const valid = orderOf({
      accountid: secret,
      vendorid: `v-${secret}`,
      city: `${secret} 'city'`,
      eventtype: [secret],
    });
    const order: fc.Arbitrary<unknown> = fc.oneof(
      hostile,
      broken,
      fc.constant(valid),
      broken.map((more) => ({ ...valid, ...more })),
      broken.map((details) => ({ ...valid, details })),
    );
    const ends = fc.constantFrom('well', 'unavailable', 'conflict');
    await fc.assert(
      fc.asyncProperty(order, ends, async (sent, end) => {
        const { putItem, putObject, getItem, faults } = arrangeObserved();
        let placed: PlacedOrder | undefined;
        const lines = await captureOutput(async () => {
          if (end === 'unavailable') faults.orders.next('put', unavailableBefore());
          placed = await putItem(putItemEvent(sent), lambdaContext).catch(() => undefined);
          if (placed === undefined) return;
          await putObject(placed, lambdaContext);
          const other = { ...placed, order: { ...placed.order, city: `other ${secret}` } };
          if (end === 'conflict') await putObject(other, lambdaContext).catch(() => undefined);
          const { accountid, vendorid } = placed.order;
          await getItem(queryEvent(`accountid=${accountid}&vendorid=${vendorid}`), lambdaContext);
          await getItem(queryEvent(`accountid=${accountid}&vendorid=${secret}-none`), lambdaContext);
        });
        expect(lines).toHaveLength(placed === undefined ? 1 : end === 'conflict' ? 5 : 4);
        expect(lines.filter((line) => line.includes(secret))).toEqual([]);
        expect(lines.map((line) => JSON.parse(line).orderid ?? 'o1')).toEqual(lines.map(() => 'o1'));
      }),
    );
  });
});

describe('withoutMessageInLogs', () => {
  it('leaves the error as it is, and its message and fields out of its JSON', () => {
    const error = Object.assign(new TypeError('a secret\n    at secret'), { issues: ['secret'], code: 'secret' });
    const { name, message, stack } = error;
    const logged = withoutMessageInLogs(error);
    expect(logged).toBe(error);
    expect({ name: logged.name, message: logged.message, stack: logged.stack }).toEqual({ name, message, stack });
    expect(Object.keys(logged)).toEqual(['issues', 'code']);
    expect(JSON.stringify(logged)).not.toContain('secret');
    expect(JSON.parse(JSON.stringify(logged))).toEqual({
      errorType: 'TypeError',
      stack: expect.arrayContaining([expect.stringContaining('observe.test.ts')]),
    });
  });

  it('keeps a message out that the stack does not begin with', () => {
    const error = Object.assign(new Error('other'), { stack: 'Error: secret\n    at other (index.mjs:1:1)' });
    expect(JSON.parse(JSON.stringify(withoutMessageInLogs(error)))).toEqual({ errorType: 'Error', stack: [] });
  });

  it.each([undefined, 'text', Object.freeze(new Error('frozen'))])('passes %o on', (thrown) => {
    expect(withoutMessageInLogs(thrown)).toBe(thrown);
  });
});
