import type { PlacedOrder } from '@coffee/domain';
import { composeNotification, invoiceKeyOf, invoiceLineOf, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { afterEach, expect, it, vi } from 'vitest';
import {
  MemoryExecutions,
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from './index.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const placed = (vendorid = 'v0'): PlacedOrder =>
  copied(
    placeOrder({
      orderid: `o-${vendorid}`,
      acceptedAt: '2026-11-24T09:30:00.000Z',
      order: { ...exampleOrder, vendorid },
    }),
  );

/** Overwrites every value inside, as careless callers may. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(fields)) {
    spoil(inner);
    fields[key] = 'spoilt';
  }
}

/** What a read answers after an earlier answer was overwritten. */
async function readAgain<T>(read: () => Promise<T>): Promise<T> {
  const first = await read();
  expect(first).toBeDefined();
  spoil(first);
  return read();
}

it('keeps copies and answers copies in every method, without structuredClone', async () => {
  vi.stubGlobal('structuredClone', undefined);
  const orders = new MemoryOrderRepository();
  const invoices = new MemoryInvoiceStore();
  const links = new MemoryInvoiceLinks({ invoices });
  const mailbox = new MemoryMailbox({ clock: () => 0 });
  const executions = new MemoryExecutions();
  const key = invoiceKeyOf(exampleOrder);
  const line = invoiceLineOf(placed());
  const notification = composeNotification(placed());
  const end = { status: 'FAILED', stoppedAt: 9, history: [{ type: 'x', timestamp: 1, output: { a: [1] } }] } as const;

  for (const given of [placed('v0'), placed('v1')]) {
    await orders.put(given);
    spoil(given);
  }
  for (const given of [copied(line), copied({ ...line, order: { ...line.order, accountid: 'a1' } })]) {
    await invoices.add(given);
    spoil(given);
  }
  for (const id of ['a', 'b']) {
    const given = copied({ ...notification, id });
    await mailbox.publish(given);
    spoil(given);
  }
  const { execution } = await executions.start({ orderid: 'o', input: '{}', startedAt: 1 });
  const started = copied(execution);
  spoil(execution);
  const parked = { dueAt: 2, resume: { state: 's', input: { a: 1 } }, history: [{ type: 't', timestamp: 1 }] };
  const givenParked = copied(parked);
  await executions.park(started, givenParked);
  spoil(givenParked);
  const { dueAt: _, ...claimed } = parked;
  const claim = await executions.claim({ at: 2, limit: 1 });
  expect(copied(claim.executions)).toEqual([{ ...started, ...claimed }]);
  spoil(claim.executions[0]);
  expect(await readAgain(() => executions.get('o'))).toEqual({ ...started, ...claimed });
  const givenEnd = copied(end);
  await executions.end(started, givenEnd);
  spoil(givenEnd);
  const givenKey = copied(key);
  const { url } = await links.link(givenKey);
  spoil(givenKey);

  expect(await readAgain(() => orders.get('a0', 'v0'))).toEqual(placed('v0'));
  const page = await readAgain(() => orders.page({ limit: 1 }));
  expect(page).toEqual({ orders: [placed('v1')], next: { acceptedAt: placed().acceptedAt, orderid: 'o-v1' } });
  expect((await readAgain(() => invoices.get(copied(key))))?.lines).toEqual([line]);
  expect((await readAgain(() => invoices.page({ limit: 1 }))).next).toEqual(key);
  expect((await readAgain(() => invoices.page())).invoices).toHaveLength(2);
  expect((await readAgain(() => mailbox.page({ limit: 1 }))).mails).toMatchObject([{ ...notification, id: 'b' }]);
  expect(await readAgain(() => executions.get('o'))).toEqual({ ...started, ...end });
  const { input: _input, history: _history, ...summary } = { ...started, ...end, resume: undefined };
  expect((await readAgain(() => executions.page())).executions).toEqual([summary]);
  expect((await readAgain(() => links.open(url)))?.lines).toEqual([line]);

  const refusal = orders.put({ ...placed(), total: '9.00' });
  await expect(refusal).rejects.toMatchObject({ name: 'Conflict', cause: placed() });
  await refusal.catch(({ cause }) => spoil(cause));
  expect(await orders.get('a0', 'v0')).toEqual(placed());
});

it('reads the clock at each call, so that fake timers move every adapter', async () => {
  vi.useFakeTimers({ now: 0 });
  const log = new MemoryNotificationLog();
  const mailbox = new MemoryMailbox();
  const invoices = new MemoryInvoiceStore();
  const links = new MemoryInvoiceLinks({ invoices });
  await invoices.add(invoiceLineOf(placed()));
  expect(await log.begin('o')).toBe('granted');
  expect(await log.begin('o')).toBe('busy');
  const { url, expiresAt } = await links.link(invoiceKeyOf(exampleOrder));
  expect(expiresAt).toBe('1970-01-01T00:15:00.000Z');
  vi.advanceTimersByTime(61_000);
  expect(await log.begin('o')).toBe('granted');
  expect(await links.open(url)).toBeDefined();
  vi.advanceTimersByTime(15 * 60_000);
  expect(await links.open(url)).toBeUndefined();
  vi.useRealTimers();
  await mailbox.publish(composeNotification(placed()));
  const [mail] = (await mailbox.page()).mails;
  expect(Date.parse(mail?.sentAt ?? '')).toBeGreaterThan(Date.parse('2026-01-01'));
});
