import { MemoryMailbox } from '@coffee/adapter-memory';
import { composeNotification, placeOrder } from '@coffee/domain';
import type { Notifier } from '@coffee/ports';
import { Faults, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnnounceOrder } from './tasks.ts';
import { orderOf, untilDone } from './test-support/orders.ts';

const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() });

/** Up to four calls that fail, before their effect or after it. */
const faultScript = fc
  .array(fc.constantFrom(unavailableBefore, unavailableAfter), { maxLength: 4 })
  .map((script) => script.map((fault) => fault()));

describe('AnnounceOrder', () => {
  it('publishes the message about the order', async () => {
    const mailbox = new MemoryMailbox();
    await expect(new AnnounceOrder(mailbox).execute(placed)).resolves.toEqual({ id: 'o1' });
    const { mails } = await mailbox.page();
    expect(mails).toEqual([expect.objectContaining(composeNotification(placed))]);
  });

  it('passes on that the provider is unavailable', async () => {
    const faults = new Faults<Notifier>().always('publish', unavailableBefore());
    const announcing = new AnnounceOrder(withFaults<Notifier>(new MemoryMailbox(), faults));
    await expect(announcing.execute(placed)).rejects.toMatchObject({ name: 'Unavailable' });
  });

  it('sends one message through a notifier that deduplicates, however often it runs and whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(faultScript, { minLength: 1, maxLength: 5 }), async (scripts) => {
        const mailbox = new MemoryMailbox();
        const faults = new Faults<Notifier>();
        const announcing = new AnnounceOrder(withFaults<Notifier>(mailbox, faults));
        for (const script of scripts) {
          faults.next('publish', ...script);
          await untilDone(() => announcing.execute(placed));
        }
        expect((await mailbox.page()).mails).toHaveLength(1);
      }),
    );
  });
});
