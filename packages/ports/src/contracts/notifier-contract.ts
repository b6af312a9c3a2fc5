import type { Notification } from '@coffee/domain';
import { composeNotification } from '@coffee/domain';
import type { Notifier } from '../notifier.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { anyPlaced, sampleOrder, samplePlaced } from './samples.ts';
import { always, contractSuite } from './suite.ts';

/** What the suite of {@link Notifier} works on. */
export interface NotifierHarness extends Harness {
  readonly notifier: Notifier;
  /** Everything delivered so far, in any order, by a subscriber of the provider. It is asked again until a message is there. */
  received(): Promise<readonly Notification[]>;
}

/**
 * What an adapter of {@link Notifier} says about itself. A provider that cannot deduplicate declares `deduplicates`.
 * `limits.concurrency` is 20 by default.
 */
export type NotifierManifest = Manifest<NotifierHarness, readonly [], 'unavailable' | 'deduplicates'>;

const notification = (): Notification => composeNotification(samplePlaced(sampleOrder()));

/** Registers the tests that hold an adapter to the promises of {@link Notifier}. */
export function notifierContract(manifest: NotifierManifest, runner: TestRunner): void {
  contractSuite<NotifierHarness, readonly [], 'deduplicates'>(
    'Notifier',
    runner,
    manifest,
    [],
    ({ expect, harness, clause, parameters, concurrency }) => {
      const publish = (message: Notification) => harness().notifier.publish(message);
      const timeout = (manifest.limits?.timeoutMilliseconds ?? 30_000) / 3;

      /** What was received with these ids, once every one of them is there. */
      const receivedOf = async (messages: readonly Notification[]): Promise<Notification[]> => {
        const ids = new Set(messages.map(({ id }) => id));
        const end = performance.now() + timeout;
        for (;;) {
          const found = (await harness().received()).filter(({ id }) => ids.has(id));
          const missing = ids.size - new Set(found.map(({ id }) => id)).size;
          if (missing === 0) return found.sort((a, b) => (a.id < b.id ? -1 : 1));
          if (performance.now() > end) throw new Error(`${missing} messages have not arrived.`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };

      /** The same, after a message that was published after them has arrived too: a duplicate has had its time. */
      const settled = async (messages: readonly Notification[]): Promise<Notification[]> => {
        const last = notification();
        await publish(last);
        await receivedOf([...messages, last]);
        return receivedOf(messages);
      };

      clause('delivers what was published, to the last character', async () => {
        await always(anyPlaced, parameters(0.5), async (placed) => {
          const message = composeNotification(placed);
          await publish(message);
          expect(await receivedOf([message])).toEqual([message]);
        });
      });

      clause('delivers every one of concurrent messages', async () => {
        const messages = Array.from({ length: concurrency(20) }, notification);
        await Promise.all(messages.map(publish));
        expect(await receivedOf(messages)).toEqual(messages.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
      });

      clause(
        'delivers a message that is published again once',
        async () => {
          const message = notification();
          await publish(message);
          await publish(message);
          expect(await settled([message])).toEqual([message]);
        },
        'deduplicates',
      );

      clause(
        'delivers a message that is published concurrently once',
        async () => {
          const message = notification();
          await Promise.all(Array.from({ length: concurrency(20) }, () => publish(message)));
          expect(await settled([message])).toEqual([message]);
        },
        'deduplicates',
      );
    },
    { publish: ({ notifier }, options) => notifier.publish(notification(), options) },
  );
}
