import { MemoryInvoiceLinks, MemoryInvoiceStore, MemoryMailbox, MemoryNotificationLog } from '@coffee/adapter-memory';
import { composeNotification, invoiceKeyOf, invoiceLineOf } from '@coffee/domain';
import { runner, timers } from './runner.ts';
import { placed } from './sample.ts';

// Adapters made before the timers are faked, by a test that knows nothing of their clocks.

const { describe, it, expect } = runner;
const now = Date.UTC(2026, 10, 24);
const minute = 60_000;

describe('in memory, under fake timers, time moves for', () => {
  it('the notification log', async () => {
    const log = new MemoryNotificationLog();
    timers.useFakeTimers({ now });
    expect(await log.begin('o')).toBe('granted');
    expect(await log.begin('o')).toBe('busy');
    timers.advanceTimersByTime(minute + 1);
    expect(await log.begin('o')).toBe('granted');
    timers.useRealTimers();
  });

  it('links', async () => {
    const invoices = new MemoryInvoiceStore();
    const links = new MemoryInvoiceLinks({ invoices });
    await invoices.add(invoiceLineOf(placed));
    timers.useFakeTimers({ now });
    const { url, expiresAt } = await links.link(invoiceKeyOf(placed.order));
    expect(expiresAt).toBe('2026-11-24T00:15:00.000Z');
    expect(await links.open(url)).toMatchObject({ totals: [{ currency: 'AUD', total: '7.00' }] });
    timers.advanceTimersByTime(15 * minute);
    expect(await links.open(url)).toBe(undefined);
    timers.useRealTimers();
  });

  it('the mailbox, in both directions', async () => {
    const mailbox = new MemoryMailbox();
    timers.useFakeTimers({ now });
    await mailbox.publish(composeNotification(placed));
    timers.useRealTimers();
    await mailbox.publish({ ...composeNotification(placed), id: 'later' });
    const [real, faked] = (await mailbox.page()).mails;
    expect(faked?.sentAt).toBe('2026-11-24T00:00:00.000Z');
    expect(Math.abs(Date.parse(real?.sentAt ?? '') - Date.now())).toBeLessThan(10 * minute);
  });
});
