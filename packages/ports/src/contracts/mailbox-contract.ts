import type { Notification } from '@coffee/domain';
import { composeNotification } from '@coffee/domain';
import type { Mail, Mailbox, MailQuery } from '../mailbox.ts';
import type { Notifier } from '../notifier.ts';
import type { Harness, Manifest, TestRunner } from './manifest.ts';
import { anyPlaced, samplePlaced, uniqueId } from './samples.ts';
import type { Suite } from './suite.ts';
import { always, contractSuite } from './suite.ts';

/** The harness of the {@link Mailbox} suite: the mailbox, and the notifier that fills it. */
export interface MailboxHarness extends Harness {
  readonly notifier: Notifier;
  readonly mailbox: Mailbox;
}

/** The manifest of an adapter of {@link Mailbox}. */
export type MailboxManifest = Manifest<MailboxHarness, readonly [], 'unavailable'>;

function clauses({ expect, harness, clause, parameters }: Suite<MailboxHarness, never>): void {
  const publish = async (notification: Notification = composeNotification(samplePlaced())) => {
    await harness().notifier.publish(notification);
    return notification;
  };
  const page = (query: MailQuery) => harness().mailbox.page(query);

  clause('keeps what was published, to the last character, with its time of arrival', async () => {
    await always(anyPlaced, parameters(), async (placed) => {
      const notification = await publish(composeNotification(placed));
      const { mails, next } = await page({ orderid: notification.id });
      expect(mails).toHaveLength(1);
      expect(next).toBeUndefined();
      const { sentAt, sequence, ...kept } = mails[0] as Mail;
      expect(kept).toEqual(notification);
      expect(sentAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(sequence).toBeGreaterThan(0);
    });
  });

  clause('has one message per order, however often it is published', async () => {
    const notification = await publish();
    const first = await page({ orderid: notification.id });
    await publish(notification);
    expect(await page({ orderid: notification.id })).toEqual(first);
    expect(await page({ orderid: uniqueId('o') })).toEqual({ mails: [] });
  });

  clause('visits each message once, newest first, whatever the page size', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift((await publish()).id);
    for (const limit of [1, 2, 3, 5, 6]) {
      const found: string[] = [];
      let before: number | undefined;
      do {
        const { mails, next } = await page({ limit, before });
        expect(mails.length).toBeGreaterThan(next === undefined ? -1 : 0);
        found.push(...mails.map(({ id }) => id));
        before = next;
      } while (before !== undefined && found.length < ids.length);
      expect(found.slice(0, ids.length)).toEqual(ids);
    }
  });

  clause('keeps its place while new messages arrive', async () => {
    const old = [await publish(), await publish(), await publish()];
    const first = await page({ limit: 1 });
    await publish();
    const second = await page({ limit: 2, before: first.next });
    expect([...first.mails, ...second.mails].map(({ id }) => id)).toEqual(old.reverse().map(({ id }) => id));
    const [newest, oldest] = [first.mails[0]?.id ?? '', old.at(-1)?.id ?? ''];
    expect(await page({ orderid: newest, before: first.mails[0]?.sequence })).toEqual({ mails: [] });
    expect((await page({ orderid: oldest, before: first.next })).mails).toHaveLength(1);
  });
}

/** Registers the contract tests of {@link Mailbox}. */
export function mailboxContract(manifest: MailboxManifest, runner: TestRunner): void {
  contractSuite('Mailbox', runner, manifest, [], clauses, {
    page: ({ mailbox }, options) => mailbox.page({}, options),
  });
}
