import { expect } from 'vitest';
import type { Clock } from '../clock.ts';
import type { NotificationLog } from '../notification-log.ts';
import type { Harness, Manifest } from './manifest.ts';
import { uniqueId } from './samples.ts';
import { contractSuite } from './suite.ts';
import { testClock } from './test-clock.ts';

/** What the suite of {@link NotificationLog} works on. */
export interface NotificationLogHarness extends Harness {
  readonly log: NotificationLog;
}

/** What `create` is given: a clock that starts at the time as it is, and the lease of an attempt. */
export interface NotificationLogOptions {
  readonly clock: Clock;
  readonly leaseMilliseconds: number;
}

/** What an adapter of {@link NotificationLog} says about itself. `limits.concurrency` is 20 by default. */
export type NotificationLogManifest = Manifest<
  NotificationLogHarness,
  readonly [NotificationLogOptions],
  'unavailable'
>;

const leaseMilliseconds = 60_000;
const withinLease = 50_000;
const beyondLease = leaseMilliseconds + 2_000;

/** Registers the tests that hold an adapter to the promises of {@link NotificationLog}. Call it in a vitest file. */
export function notificationLogContract(manifest: NotificationLogManifest): void {
  const clock = testClock();
  contractSuite<NotificationLogHarness, readonly [NotificationLogOptions], never>(
    'NotificationLog',
    manifest,
    [{ clock: clock.now, leaseMilliseconds }],
    ({ harness, clause, concurrency }) => {
      const begin = (orderid: string) => harness().log.begin(orderid);
      const finish = (orderid: string) => harness().log.finish(orderid);
      const beginAtOnce = async (orderid: string) => {
        const outcomes = await Promise.all(Array.from({ length: concurrency(20) }, () => begin(orderid)));
        return { granted: outcomes.filter((outcome) => outcome === 'granted').length, outcomes: new Set(outcomes) };
      };

      clause('grants once, and is busy while the lease lasts', async () => {
        const orderid = uniqueId('o');
        expect(await begin(orderid)).toBe('granted');
        expect(await begin(orderid)).toBe('busy');
        clock.advance(withinLease);
        expect(await begin(orderid)).toBe('busy');
      });

      clause('is done after finish, and for ever', async () => {
        const orderid = uniqueId('o');
        await begin(orderid);
        await finish(orderid);
        expect(await begin(orderid)).toBe('done');
        clock.advance(beyondLease);
        expect(await begin(orderid)).toBe('done');
        clock.advance(24 * 60 * 60 * 1000);
        expect(await begin(orderid)).toBe('done');
      });

      clause('grants an unfinished attempt again after its lease, and leases it anew', async () => {
        const orderid = uniqueId('o');
        expect(await begin(orderid)).toBe('granted');
        clock.advance(beyondLease);
        expect(await begin(orderid)).toBe('granted');
        clock.advance(withinLease);
        expect(await begin(orderid)).toBe('busy');
        clock.advance(beyondLease - withinLease);
        expect(await begin(orderid)).toBe('granted');
      });

      clause('does not prolong a lease for those who find it busy', async () => {
        const orderid = uniqueId('o');
        await begin(orderid);
        clock.advance(withinLease);
        expect(await begin(orderid)).toBe('busy');
        clock.advance(beyondLease - withinLease);
        expect(await begin(orderid)).toBe('granted');
      });

      clause('grants one of concurrent begins', async () => {
        const { granted, outcomes } = await beginAtOnce(uniqueId('o'));
        expect(granted).toBe(1);
        expect(outcomes).toEqual(new Set(['granted', 'busy']));
      });

      clause('grants one of concurrent begins after a lease', async () => {
        const orderid = uniqueId('o');
        await begin(orderid);
        clock.advance(beyondLease);
        expect((await beginAtOnce(orderid)).granted).toBe(1);
      });

      clause('finishes more than once', async () => {
        const orderid = uniqueId('o');
        await begin(orderid);
        await finish(orderid);
        await finish(orderid);
        await Promise.all([finish(orderid), finish(orderid)]);
        expect(await begin(orderid)).toBe('done');
      });

      clause('finishes an order that was never begun', async () => {
        const orderid = uniqueId('o');
        await finish(orderid);
        expect(await begin(orderid)).toBe('done');
      });

      clause('finishes after the lease, and after it was granted to another', async () => {
        const [late, regranted] = [uniqueId('o'), uniqueId('o')];
        await begin(late);
        await begin(regranted);
        clock.advance(beyondLease);
        await finish(late);
        expect(await begin(late)).toBe('done');
        expect(await begin(regranted)).toBe('granted');
        await finish(regranted);
        expect(await begin(regranted)).toBe('done');
        await finish(regranted);
        clock.advance(beyondLease);
        expect(await begin(regranted)).toBe('done');
      });

      clause('keeps orders apart', async () => {
        const [one, two] = [uniqueId('o'), uniqueId('o')];
        expect(await begin(one)).toBe('granted');
        expect(await begin(two)).toBe('granted');
        await finish(one);
        expect(await begin(two)).toBe('busy');
        expect(await begin(two.toUpperCase())).toBe('granted');
      });
    },
    {
      begin: ({ log }) => log.begin(uniqueId('o')),
      finish: ({ log }) => log.finish(uniqueId('o')),
    },
  );
}
