import type { Notification } from '@coffee/domain';
import type { ArrivedMail } from '@coffee/ports';
import { expect, it } from 'vitest';
import { MemoryMailbox } from './memory-mailbox.ts';

const notification = (id: string): Notification => ({
  id,
  subject: `Coffee order ${id}`,
  text: '',
  attributes: { eventtype: ['order'], accountid: 'a0', vendorid: 'v0' },
});

it('reports each message once, when it arrives', async () => {
  const told: ArrivedMail[] = [];
  const mailbox = new MemoryMailbox({ clock: () => 0, onMail: (mail) => told.push(mail) });
  for (const id of ['a', 'b', 'a']) await mailbox.publish(notification(id));
  const sentAt = '1970-01-01T00:00:00.000Z';
  expect(told).toEqual(['a', 'b'].map((id) => ({ id, subject: `Coffee order ${id}`, sentAt })));
});
