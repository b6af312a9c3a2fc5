import { composeNotification, invoiceLineOf, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { expect, it, onTestFinished, vi } from 'vitest';
import {
  forget,
  forgetHourly,
  SqliteDatabase,
  SqliteExecutions,
  SqliteInvoiceStore,
  SqliteMailbox,
  SqliteNotificationLog,
  SqliteOrderRepository,
} from './index.ts';

const start = Date.UTC(2026, 10, 24);

async function newStores() {
  const database = await SqliteDatabase.open(':memory:');
  onTestFinished(() => database.close());
  let now = start;
  const mailbox = new SqliteMailbox(database, { clock: () => now });
  const executions = new SqliteExecutions(database);
  const orders = new SqliteOrderRepository(database);
  const invoices = new SqliteInvoiceStore(database);
  const log = new SqliteNotificationLog(database, { clock: () => now });
  /** An order as the workflow leaves it, and how long it took. */
  const run = async (n: number, status: 'SUCCEEDED' | 'FAILED' | 'RUNNING', took = 10) => {
    now = start + n * 1000;
    const orderid = `o-${n}`;
    const order = { ...exampleOrder, vendorid: `v${n}` };
    const placed = placeOrder({ orderid, acceptedAt: new Date(now).toISOString(), order });
    const { execution } = await executions.start({ orderid, input: JSON.stringify({ order }), startedAt: now });
    await orders.put(placed);
    await invoices.add(invoiceLineOf(placed));
    await log.begin(orderid);
    await mailbox.publish(composeNotification(placed));
    await log.finish(orderid);
    const history = [{ type: 'ExecutionStarted', timestamp: now }];
    const failure = status === 'FAILED' ? { error: 'Unavailable', cause: '{}', resume: { state: 's', input: {} } } : {};
    if (status !== 'RUNNING') await executions.end(execution, { status, stoppedAt: now + took, history, ...failure });
    else await executions.park(execution, { dueAt: now + 1, resume: { state: 's', input: {} }, history });
    return placed;
  };
  return { database, mailbox, executions, orders, invoices, log, run };
}

it('deletes what old executions and messages hold, never orders or invoices, and keeps their ids', async () => {
  const { database, mailbox, executions, orders, invoices, log, run } = await newStores();
  const old = await run(1, 'SUCCEEDED');
  await run(2, 'FAILED');
  await run(3, 'RUNNING');
  await run(4, 'SUCCEEDED', 100_000); // it ended later
  await run(5, 'SUCCEEDED');
  const before = {
    orders: await orders.page(),
    invoice: await invoices.get({ ...keyOf(old), objectKey: old.invoice }),
  };
  expect(await forget(database, start + 4_500)).toBe(2 + 4);
  expect(await executions.get('o-1')).toEqual({
    ...{ orderid: 'o-1', status: 'SUCCEEDED', input: '{}', history: [], sequence: 1 },
    ...{ startedAt: start + 1000, stoppedAt: start + 1010 },
  });
  expect(await executions.get('o-2')).toMatchObject({ status: 'FAILED', error: 'Unavailable', input: '{}' });
  expect(await executions.get('o-3')).toMatchObject({ status: 'RUNNING', resume: { state: 's' } });
  for (const n of [3, 4, 5]) expect((await executions.get(`o-${n}`))?.input).toContain('"order"');
  expect((await mailbox.page()).mails.map(({ id }) => id)).toEqual(['o-5']);
  expect((await mailbox.page({ orderid: 'o-1' })).mails).toEqual([]);
  expect(await executions.counts()).toEqual({ RUNNING: 1, SUCCEEDED: 3, FAILED: 1 });
  expect(await orders.page()).toEqual(before.orders);
  expect(await invoices.get({ ...keyOf(old), objectKey: old.invoice })).toEqual(before.invoice);
  // An old key neither orders nor notifies again.
  expect(await executions.start({ orderid: 'o-1', input: '{"order":1}', startedAt: start })).toMatchObject({
    started: false,
  });
  expect(await executions.redrive('o-2', start + 10_000)).toBeUndefined();
  await mailbox.publish(composeNotification(old));
  expect((await mailbox.page()).mails).toHaveLength(1);
  expect(await log.begin('o-1')).toBe('done');
  expect(await forget(database, start + 4_500)).toBe(0);
});

const keyOf = ({ order }: { readonly order: { readonly accountid: string } }) => ({
  accountid: order.accountid,
  period: { year: 2026, month: 11 },
});

it('deletes in small slices, between which orders are written', async () => {
  const { database, mailbox, executions } = await newStores();
  const attributes = { eventtype: ['new_order'], accountid: 'a0', vendorid: 'v0' };
  const publish = (n: number) => mailbox.publish({ id: `m-${n}`, subject: 'Coffee', text: 'Thank you.', attributes });
  await Promise.all(Array.from({ length: 1000 }, (_, n) => publish(n)));
  const changes: number[] = [];
  const run = vi.spyOn(database, 'run');
  const forgetting = forget(database, start + 1_000_000);
  for (let n = 0; n < 5; n += 1) {
    await executions.start({ orderid: `beside-${n}`, input: '{}', startedAt: start });
    changes.push((await mailbox.page({ limit: 1000 })).mails.length);
  }
  expect(await forgetting).toBe(1000);
  expect(run).toHaveBeenCalledTimes(5);
  expect(changes.every((left) => left % 200 === 0)).toBe(true);
  expect((await mailbox.page()).mails).toEqual([]);
});

it('deletes hourly until it is stopped, and reports what it could not', async () => {
  const { database, mailbox, run } = await newStores();
  await run(1, 'SUCCEEDED');
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const stop = forgetHourly(database, { keepMilliseconds: 86_400_000, clock: () => start + 90_000_000, onError });
  await vi.waitFor(async () => expect((await mailbox.page()).mails).toEqual([]));
  await stop();
  await database.close();
  expect(errors).toEqual([]);
  const stopFailing = forgetHourly(database, { keepMilliseconds: 1, onError });
  await vi.waitFor(() => expect(errors).toMatchObject([{ name: 'Unavailable' }]));
  await stopFailing();
});
