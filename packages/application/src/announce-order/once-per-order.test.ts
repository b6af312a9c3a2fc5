import { MemoryNotificationLog } from '@coffee/adapter-memory';
import type { Notification } from '@coffee/domain';
import { composeNotification, placeOrder } from '@coffee/domain';
import type { NotificationLog, Notifier } from '@coffee/ports';
import { isUnavailable } from '@coffee/ports';
import { Faults, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOf } from '../test-support/orders.ts';
import { OncePerOrder } from './once-per-order.ts';

const lease = 60_000;
const notification = composeNotification(
  placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() }),
);

/** A provider that sends whatever it is given, as SNS e-mail does. */
class Post implements Notifier {
  readonly sent: string[] = [];
  gate: Promise<void> | undefined;

  async publish({ id }: Notification): Promise<void> {
    await this.gate;
    this.sent.push(id);
  }
}

function arrange() {
  const time = { now: 0 };
  const post = new Post();
  const postFaults = new Faults<Notifier>();
  const logFaults = new Faults<NotificationLog>();
  const log = new MemoryNotificationLog({ clock: () => time.now, leaseMilliseconds: lease });
  const notifier = new OncePerOrder(
    withFaults<Notifier>(post, postFaults),
    withFaults<NotificationLog>(log, logFaults),
  );
  return { time, post, postFaults, logFaults, notifier };
}

describe('OncePerOrder', () => {
  it('sends each order once', async () => {
    const { notifier, post } = arrange();
    await notifier.publish(notification);
    await notifier.publish(notification);
    await notifier.publish({ ...notification, id: 'o2' });
    expect(post.sent).toEqual(['o1', 'o2']);
  });

  it('is unavailable to a second sender while the first is sending, and done for it afterwards', async () => {
    const { notifier, post } = arrange();
    let go: () => void = () => {};
    post.gate = new Promise((resolve) => {
      go = resolve;
    });
    const first = notifier.publish(notification);
    await expect(notifier.publish(notification)).rejects.toMatchObject({
      name: 'Unavailable',
      message: expect.stringContaining('another sender'),
    });
    go();
    await first;
    await notifier.publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  it('lets one of many concurrent senders send', async () => {
    const { notifier, post } = arrange();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => notifier.publish(notification)));
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(reasons.every(isUnavailable)).toBe(true);
    expect(outcomes.length - reasons.length).toBeGreaterThanOrEqual(1);
    expect(post.sent).toEqual(['o1']);
  });

  it.each([
    ['the log fails before a grant', 'begin', unavailableBefore, 0],
    ['a grant is lost', 'begin', unavailableAfter, lease],
    ['the answer to finish is lost', 'finish', unavailableAfter, 0],
  ] as const)('sends once when %s and the task is retried', async (_, method, fault, wait) => {
    const { notifier, post, logFaults, time } = arrange();
    logFaults.next(method, fault());
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    time.now += wait;
    await notifier.publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  it('waits for its own lease to end when the provider failed', async () => {
    const { notifier, post, postFaults, time } = arrange();
    postFaults.next('publish', unavailableBefore());
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    time.now = lease - 1;
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(post.sent).toEqual([]);
    time.now = lease;
    await notifier.publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  it('sends again at once what the provider refused, which was certainly not sent', async () => {
    const { notifier, post, logFaults } = arrange();
    for (const fault of [undefined, unavailableBefore()]) {
      if (fault !== undefined) logFaults.next('release', fault);
      post.gate = Promise.reject(new Error('no permission'));
      await expect(notifier.publish(notification)).rejects.toThrow('no permission');
      post.gate = undefined;
      if (fault !== undefined)
        await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
      else await notifier.publish({ ...notification, id: 'o0' });
    }
    expect(post.sent).toEqual(['o0']);
    expect(logFaults.calls('release')).toBe(2);
  });

  it('doubles a message when the sender dies between sending and recording it', async () => {
    const { notifier, post, logFaults, time } = arrange();
    logFaults.next('finish', unavailableBefore());
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    time.now += lease;
    await notifier.publish(notification);
    expect(post.sent).toEqual(['o1', 'o1']);
  });

  it('sends once through any faults that do not lose the record of the sending', async () => {
    const begins = fc.array(fc.constantFrom(unavailableBefore, unavailableAfter), { maxLength: 4 });
    const publishes = fc.array(fc.constant(unavailableBefore), { maxLength: 4 });
    const finishes = fc.array(fc.constant(unavailableAfter), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(begins, publishes, finishes, async (begin, publish, finish) => {
        const { notifier, post, postFaults, logFaults, time } = arrange();
        logFaults.next('begin', ...begin.map((fault) => fault())).next('finish', ...finish.map((fault) => fault()));
        postFaults.next('publish', ...publish.map((fault) => fault()));
        let accepted = 0;
        for (let attempt = 0; attempt < 20; attempt += 1) {
          try {
            await notifier.publish(notification);
            accepted += 1;
          } catch (error) {
            if (!isUnavailable(error)) throw error;
          }
          time.now += lease / 2;
        }
        expect(accepted).toBeGreaterThanOrEqual(1);
        expect(post.sent).toEqual(['o1']);
      }),
    );
  });
});
