import type { Notification } from '@coffee/domain';
import { composeNotification } from '@coffee/domain';
import type { Notifier } from '../notifier.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { anyPlaced, sampleOrder, samplePlaced } from './samples.ts';
import { always, contractSuite } from './suite.ts';

/** The harness of the {@link Notifier} suite. */
export interface NotifierHarness extends Harness {
  readonly notifier: Notifier;
  /** Everything a subscriber has received so far, in any order. Polled until a message arrives. */
  received(): Promise<readonly Notification[]>;
}

/**
 * The manifest of an adapter of {@link Notifier}. A provider that cannot deduplicate declares `deduplicates`, and then has to
 * say when a message was certainly not sent.
 * `limits.concurrency` defaults to 20.
 */
export type NotifierManifest = Manifest<NotifierHarness, readonly [], 'unavailable' | 'deduplicates'>;

const notification = (): Notification => composeNotification(samplePlaced(sampleOrder()));

/** Registers the contract tests of {@link Notifier}. */
export function notifierContract(manifest: NotifierManifest, runner: TestRunner): void {
  contractSuite<NotifierHarness, readonly [], 'deduplicates'>(
    'Notifier',
    runner,
    manifest,
    [],
    ({ expect, harness, clause, parameters, concurrency }) => {
      const publish = (message: Notification) => harness().notifier.publish(message);
      const timeout = (manifest.limits?.timeoutMilliseconds ?? 30_000) / 3;

      /** What was received with these ids, once all have arrived. */
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

      /** The same, once a message published after them has arrived too, which gives duplicates time to show up. */
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

      clause('delivers every concurrent message', async () => {
        const messages = Array.from({ length: concurrency(20) }, notification);
        await Promise.all(messages.map(publish));
        expect(await receivedOf(messages)).toEqual(messages.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
      });

      clause(
        'delivers a message once, even if it is published again',
        async () => {
          const message = notification();
          await publish(message);
          await publish(message);
          expect(await settled([message])).toEqual([message]);
        },
        'deduplicates',
      );

      clause(
        'delivers a message once, even if it is published concurrently',
        async () => {
          const message = notification();
          await Promise.all(Array.from({ length: concurrency(20) }, () => publish(message)));
          expect(await settled([message])).toEqual([message]);
        },
        'deduplicates',
      );

      if (manifest.deviations?.deduplicates === undefined) return;
      const notSent = { name: 'Unavailable', withoutEffect: true };

      clause('says that nothing was sent when its signal was aborted before', async () => {
        const publishing = harness().notifier.publish(notification(), { signal: AbortSignal.abort() });
        await expect(publishing).rejects.toMatchObject(notSent);
      });

      clause('says that nothing was sent while the provider cannot be reached', async () => {
        const unreachable = await manifest.createUnavailable?.();
        try {
          await expect(unreachable?.notifier.publish(notification())).rejects.toMatchObject(notSent);
        } finally {
          await unreachable?.dispose();
        }
      });
    },
    { publish: ({ notifier }, options) => notifier.publish(notification(), options) },
  );
}
