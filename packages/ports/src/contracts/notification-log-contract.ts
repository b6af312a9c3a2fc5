import type { Clock } from '../call.ts';
import type { NotificationLog } from '../notification-log.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { testClock } from './manifest.ts';
import { uniqueId } from './samples.ts';
import { contractSuite } from './suite.ts';

/** The harness of the {@link NotificationLog} suite. */
export interface NotificationLogHarness extends Harness {
  readonly log: NotificationLog;
}

/** Options of `create`: a clock that starts at the real time, and the lease of an attempt. */
export interface NotificationLogOptions {
  readonly clock: Clock;
  readonly leaseMilliseconds: number;
}

/** The manifest of an adapter of {@link NotificationLog}. `limits.concurrency` defaults to 20. */
export type NotificationLogManifest = Manifest<
  NotificationLogHarness,
  readonly [NotificationLogOptions],
  'unavailable'
>;

const leaseMilliseconds = 60_000;
const withinLease = 50_000;
const beyondLease = leaseMilliseconds + 2_000;

/** Registers the contract tests of {@link NotificationLog}. */
export function notificationLogContract(manifest: NotificationLogManifest, runner: TestRunner): void {
  const clock = testClock();
  contractSuite<NotificationLogHarness, readonly [NotificationLogOptions], never>(
    'NotificationLog',
    runner,
    manifest,
    [{ clock: clock.now, leaseMilliseconds }],
    ({ expect, harness, clause, concurrency }) => {
      const begin = (orderid: string) => harness().log.begin(orderid);
      const finish = (orderid: string) => harness().log.finish(orderid);
      const release = (orderid: string) => harness().log.release(orderid);
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

      clause('is done after finish, for good', async () => {
        const orderid = uniqueId('o');
        await begin(orderid);
        await finish(orderid);
        expect(await begin(orderid)).toBe('done');
        clock.advance(beyondLease);
        expect(await begin(orderid)).toBe('done');
        clock.advance(24 * 60 * 60 * 1000);
        expect(await begin(orderid)).toBe('done');
      });

      clause('grants an unfinished attempt again after its lease, with a new lease', async () => {
        const orderid = uniqueId('o');
        expect(await begin(orderid)).toBe('granted');
        clock.advance(beyondLease);
        expect(await begin(orderid)).toBe('granted');
        clock.advance(withinLease);
        expect(await begin(orderid)).toBe('busy');
        clock.advance(beyondLease - withinLease);
        expect(await begin(orderid)).toBe('granted');
      });

      clause('does not extend a lease when it answers busy', async () => {
        const orderid = uniqueId('o');
        await begin(orderid);
        clock.advance(withinLease);
        expect(await begin(orderid)).toBe('busy');
        clock.advance(beyondLease - withinLease);
        expect(await begin(orderid)).toBe('granted');
      });

      clause('grants one of several concurrent begins', async () => {
        const { granted, outcomes } = await beginAtOnce(uniqueId('o'));
        expect(granted).toBe(1);
        expect(outcomes).toEqual(new Set(['granted', 'busy']));
      });

      clause('grants one of several concurrent begins after a lease', async () => {
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

      clause('finishes an order without an attempt', async () => {
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

      clause('grants at once what was released, to one of concurrent begins', async () => {
        const orderid = uniqueId('o');
        expect(await begin(orderid)).toBe('granted');
        await release(orderid);
        expect((await beginAtOnce(orderid)).granted).toBe(1);
        expect(await begin(orderid)).toBe('busy');
      });

      clause('releases nothing that is done', async () => {
        const orderid = uniqueId('o');
        await begin(orderid);
        await finish(orderid);
        await release(orderid);
        expect(await begin(orderid)).toBe('done');
      });

      clause('ignores the release of an order without an attempt', async () => {
        const [orderid, other] = [uniqueId('o'), uniqueId('o')];
        await begin(other);
        await release(orderid);
        expect(await begin(orderid)).toBe('granted');
        expect(await begin(other)).toBe('busy');
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
      begin: ({ log }, options) => log.begin(uniqueId('o'), options),
      finish: ({ log }, options) => log.finish(uniqueId('o'), options),
      release: ({ log }, options) => log.release(uniqueId('o'), options),
    },
  );
}
