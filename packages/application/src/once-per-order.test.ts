import { MemoryNotificationLog } from '@coffee/adapter-memory';
import type { Notification } from '@coffee/domain';
import { composeNotification, placeOrder } from '@coffee/domain';
import type { CallOptions, NotificationLog, Notifier } from '@coffee/ports';
import { isUnavailable, Unavailable } from '@coffee/ports';
import { Faults, slow, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OncePerOrderOptions } from './once-per-order.ts';
import { OncePerOrder } from './once-per-order.ts';
import { orderOf } from './test-support/orders.ts';

const lease = 60_000;
const notification = composeNotification(
  placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() }),
);

/** A provider that sends whatever it is given, as SNS e-mail does. An abort reaches it until its gate opens. */
class Post implements Notifier {
  readonly sent: string[] = [];
  calls = 0;
  gate: Promise<void> | undefined;

  async publish({ id }: Notification, { signal }: CallOptions = {}): Promise<void> {
    this.calls += 1;
    await this.gate;
    if (signal?.aborted) throw new Unavailable('cut before the message', { cause: signal.reason, withoutEffect: true });
    this.sent.push(id);
  }
}

function arrange() {
  const time = { now: 0 };
  const post = new Post();
  const postFaults = new Faults<Notifier>();
  const logFaults = new Faults<NotificationLog>();
  const log = new MemoryNotificationLog({ clock: () => time.now, leaseMilliseconds: lease });
  /** Another process with the same log and provider. */
  const another = (options?: OncePerOrderOptions) =>
    new OncePerOrder(withFaults<Notifier>(post, postFaults), withFaults<NotificationLog>(log, logFaults), options);
  return { time, post, postFaults, logFaults, log, another, notifier: another() };
}

const inProgress = {
  name: 'NotificationInProgress',
  message: expect.stringContaining('order o1 is being announced by another sender'),
};
const isInProgress = (error: unknown) => (error as Error).name === 'NotificationInProgress';

describe('OncePerOrder', () => {
  it('sends each order once', async () => {
    const { notifier, post, logFaults } = arrange();
    await notifier.publish(notification);
    await notifier.publish(notification);
    await notifier.publish({ ...notification, id: 'o2' });
    expect(post.sent).toEqual(['o1', 'o2']);
    expect(logFaults.calls('finish')).toBe(2);
  });

  it('is in progress for another process while the first is sending, and done for it afterwards', async () => {
    const { notifier, another, post } = arrange();
    const gate = Promise.withResolvers<void>();
    post.gate = gate.promise;
    const first = notifier.publish(notification);
    await expect(another().publish(notification)).rejects.toMatchObject(inProgress);
    gate.resolve();
    await first;
    await another().publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  it('lets a second call in the same process join the first, whose end both share', async () => {
    const { notifier, post } = arrange();
    const gate = Promise.withResolvers<void>();
    post.gate = gate.promise;
    const calls = [notifier.publish(notification), notifier.publish(notification)];
    gate.resolve();
    await Promise.all(calls);
    post.gate = Promise.reject(new Error('no permission'));
    const other = { ...notification, id: 'o2' };
    const refused = await Promise.allSettled([notifier.publish(other), notifier.publish(other)]);
    expect(refused.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(post.sent).toEqual(['o1']);
    expect(post.calls).toBe(2);
  });

  it('lets one of many processes send', async () => {
    const { another, post } = arrange();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => another().publish(notification)));
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(reasons.every(isInProgress)).toBe(true);
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

  it('waits for its own lease to end when it cannot know whether the provider sent', async () => {
    const { notifier, post, postFaults, time } = arrange();
    postFaults.next('publish', unavailableBefore());
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    time.now = lease - 1;
    await expect(notifier.publish(notification)).rejects.toMatchObject(inProgress);
    expect(post.sent).toEqual([]);
    time.now = lease;
    await notifier.publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  it.each([
    ['refused for good', new Error('no permission')],
    ['refused for now', new Unavailable('try later', { withoutEffect: true })],
  ])('sends again at once what was certainly not sent: %s', async (_, error) => {
    const { notifier, post } = arrange();
    post.gate = Promise.reject(error);
    await expect(notifier.publish(notification)).rejects.toBe(error);
    post.gate = undefined;
    await notifier.publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  it('waits for the lease when what was not sent cannot be given back, and throws the error of the provider', async () => {
    const { notifier, post, logFaults } = arrange();
    logFaults.next('release', unavailableBefore());
    post.gate = Promise.reject(new Error('no permission'));
    await expect(notifier.publish(notification)).rejects.toThrow('no permission');
    post.gate = undefined;
    await expect(notifier.publish(notification)).rejects.toMatchObject(inProgress);
    expect(logFaults.calls('release')).toBe(1);
  });

  it('doubles a message when the sender dies between sending and recording it', async () => {
    const { notifier, another, post, logFaults, time } = arrange();
    logFaults.next('finish', unavailableBefore());
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    time.now += lease;
    await another().publish(notification);
    expect(post.sent).toEqual(['o1', 'o1']);
  });

  it('records later what it could not record at once, and does not send it again', async () => {
    const { notifier, another, post, logFaults, time } = arrange();
    logFaults.next('finish', unavailableBefore(), unavailableBefore());
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    time.now += lease;
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    await notifier.publish(notification);
    await another().publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  describe('when its signal is aborted', () => {
    it('gives back what the provider could still abort', async () => {
      const { notifier, another, post } = arrange();
      const [gate, aborting] = [Promise.withResolvers<void>(), new AbortController()];
      post.gate = gate.promise;
      const publishing = notifier.publish(notification, aborting);
      await expect.poll(() => post.calls).toBe(1);
      aborting.abort(new Error('timed out'));
      await expect(publishing).rejects.toMatchObject({ name: 'Unavailable', cause: aborting.signal.reason });
      gate.resolve();
      await expect.poll(() => another().publish(notification).then(String, String)).toBe('undefined');
      expect(post.sent).toEqual(['o1']);
    });

    it('gives back a lease that it was just taking', async () => {
      const { notifier, another, post, logFaults } = arrange();
      const [beginning, aborting] = [Promise.withResolvers<void>(), new AbortController()];
      logFaults.next(
        'begin',
        slow(() => beginning.promise),
      );
      const publishing = notifier.publish(notification, aborting);
      aborting.abort();
      await expect(publishing).rejects.toMatchObject({ name: 'Unavailable' });
      beginning.resolve();
      await expect.poll(() => logFaults.calls('release')).toBe(1);
      await another().publish(notification);
      expect(post.sent).toEqual(['o1']);
    });

    it('goes on with what the provider cannot abort any more, and records it; the next call joins', async () => {
      const { log, logFaults, post } = arrange();
      const [gate, aborting] = [Promise.withResolvers<void>(), new AbortController()];
      post.gate = gate.promise;
      const beyondAbort: Notifier = { publish: (message) => post.publish(message) };
      const notifier = new OncePerOrder(beyondAbort, withFaults<NotificationLog>(log, logFaults));
      const publishing = notifier.publish(notification, aborting);
      await expect.poll(() => post.calls).toBe(1);
      aborting.abort();
      await expect(publishing).rejects.toMatchObject({ name: 'Unavailable' });
      const next = notifier.publish(notification);
      gate.resolve();
      await next;
      expect(post.sent).toEqual(['o1']);
      expect(logFaults.calls('begin')).toBe(1);
      expect(await log.begin('o1')).toBe('done');
    });

    it('asks neither log nor provider when it was aborted before', async () => {
      const { notifier, post, logFaults } = arrange();
      const publishing = notifier.publish(notification, { signal: AbortSignal.abort() });
      await expect(publishing).rejects.toMatchObject({ name: 'Unavailable', withoutEffect: true });
      expect([logFaults.calls('begin'), post.calls]).toEqual([0, 0]);
    });
  });

  it('takes the lease in its turn only', async () => {
    const { another, post, log } = arrange();
    const turn = Promise.withResolvers<void>();
    const waiting = another({ inTurn: (send) => turn.promise.then(send) }).publish(notification);
    expect(await log.begin('o1')).toBe('granted');
    await log.release('o1');
    turn.resolve();
    await waiting;
    expect(post.sent).toEqual(['o1']);
  });

  it('does not send when it heard of its lease so late that the lease could end before the message is sent', async () => {
    const { another, post, log, time } = arrange();
    const late: NotificationLog = {
      begin: async (orderid) => {
        const outcome = await log.begin(orderid);
        time.now += 10_001;
        return outcome;
      },
      finish: (orderid) => log.finish(orderid),
      release: (orderid) => log.release(orderid),
    };
    const notifier = new OncePerOrder(post, late, { clock: () => time.now });
    await expect(notifier.publish(notification)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(post.calls).toBe(0);
    time.now += lease;
    await another().publish(notification);
    expect(post.sent).toEqual(['o1']);
  });

  it('sends once through any faults but a lost answer of the provider, while its process lives', async () => {
    const begins = fc.array(fc.constantFrom(unavailableBefore, unavailableAfter), { maxLength: 4 });
    const publishes = fc.array(fc.constant(unavailableBefore), { maxLength: 4 });
    const finishes = fc.array(fc.constantFrom(unavailableBefore, unavailableAfter), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(begins, publishes, finishes, async (begin, publish, finish) => {
        const { notifier, post, postFaults, logFaults, time } = arrange();
        logFaults.next('begin', ...begin.map((fault) => fault())).next('finish', ...finish.map((fault) => fault()));
        postFaults.next('publish', ...publish.map((fault) => fault()));
        let accepted = 0;
        for (let attempt = 0; attempt < 30; attempt += 1) {
          try {
            await notifier.publish(notification);
            accepted += 1;
          } catch (error) {
            if (!isUnavailable(error) && !isInProgress(error)) throw error;
          }
          time.now += lease / 2;
        }
        expect(accepted).toBeGreaterThanOrEqual(1);
        expect(post.sent).toEqual(['o1']);
      }),
    );
  });
});
