import { composeNotification, placeOrder } from '@coffee/domain';
import { unavailableAfter, unavailableBefore } from '@coffee/ports/faults';
import { describe, expect, it } from 'vitest';
import { arrange } from '../test-support/arrange.ts';
import { orderOf } from '../test-support/events.ts';

const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() });

describe('notify', () => {
  it('answers the id of the message and sends one mail, through faults and retries', async () => {
    const { handlers, mailbox, faults } = arrange();
    faults.notifier.next('publish', unavailableBefore(), unavailableAfter());
    await expect(handlers.notify(placed)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(handlers.notify(placed)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(handlers.notify(placed)).resolves.toEqual({ id: 'o1' });
    const { mails } = await mailbox.page();
    expect(mails).toEqual([expect.objectContaining(composeNotification(placed))]);
  });
});
