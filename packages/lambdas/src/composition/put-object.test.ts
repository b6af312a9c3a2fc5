import { parseInvoiceKey, placeOrder } from '@coffee/domain';
import { unavailableAfter, unavailableBefore } from '@coffee/ports/faults';
import { describe, expect, it } from 'vitest';
import { arrange } from '../test-support/arrange.ts';
import { orderOf } from '../test-support/events.ts';

const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() });

describe('put-object', () => {
  it('answers the key of the invoice and adds the line once, through faults and retries', async () => {
    const { handlers, invoices, faults } = arrange();
    faults.invoices.next('add', unavailableBefore(), unavailableAfter());
    await expect(handlers.putObject(placed)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(handlers.putObject(placed)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(handlers.putObject(placed)).resolves.toEqual({ objectKey: '2026/11/a0' });
    const invoice = await invoices.get(parseInvoiceKey('2026/11/a0'));
    expect(invoice).toMatchObject({
      totals: [{ currency: 'AUD', total: '7.00' }],
      lines: [{ orderid: 'o1', order: orderOf(), amount: '7.00' }],
    });
  });

  it('rejects an order id with other content by a name that is not retried', async () => {
    const { handlers } = arrange();
    await handlers.putObject(placed);
    const other = { ...placed, order: orderOf({ city: 'Perth' }) };
    await expect(handlers.putObject(other)).rejects.toMatchObject({ name: 'Conflict' });
  });
});
