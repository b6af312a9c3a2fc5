import type { Notification } from '@coffee/domain';
import { expect, it } from 'vitest';
import type { ArrivedMail } from './memory-mailbox.ts';
import { MemoryMailbox } from './memory-mailbox.ts';

const notification = (id: string): Notification => ({
  id,
  subject: `Coffee order ${id}`,
  text: '',
  attributes: { eventtype: ['order'], accountid: 'a0', vendorid: 'v0' },
});

async function mailboxOf(...ids: string[]) {
  const mailbox = new MemoryMailbox();
  for (const id of ids) await mailbox.publish(notification(id));
  return mailbox;
}

it('pages through its mails, the newest first, each once', async () => {
  const mailbox = await mailboxOf('a', 'b', 'c', 'd', 'b', 'e');
  const pages: string[][] = [];
  let next: number | undefined;
  do {
    const page = await mailbox.mails({ limit: 2, ...(next === undefined ? {} : { before: next }) });
    pages.push(page.mails.map(({ id }) => id));
    next = page.next;
  } while (next !== undefined);
  expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
});

it('names no next page behind the last mail', async () => {
  const mailbox = await mailboxOf('a', 'b');
  expect(await mailbox.mails({ limit: 2 })).not.toHaveProperty('next');
  expect(await new MemoryMailbox().mails()).toEqual({ mails: [] });
});

it('finds the mail of an order', async () => {
  const mailbox = await mailboxOf('a', 'b', 'c');
  expect(await mailbox.mails({ orderid: 'b' })).toMatchObject({ mails: [{ id: 'b', sequence: 2 }] });
  expect(await mailbox.mails({ orderid: 'b', before: 2 })).toEqual({ mails: [] });
  expect(await mailbox.mails({ orderid: 'z' })).toEqual({ mails: [] });
});

it('tells of each mail on its arrival, once', async () => {
  const told: ArrivedMail[] = [];
  const mailbox = new MemoryMailbox({ clock: () => 0, onMail: (mail) => told.push(mail) });
  for (const id of ['a', 'b', 'a']) await mailbox.publish(notification(id));
  const sentAt = '1970-01-01T00:00:00.000Z';
  expect(told).toEqual(['a', 'b'].map((id) => ({ id, subject: `Coffee order ${id}`, sentAt })));
});
