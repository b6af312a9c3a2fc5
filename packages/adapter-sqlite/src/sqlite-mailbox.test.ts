import type { ArrivedMail } from '@coffee/ports';
import { expect, it } from 'vitest';
import { SqliteDatabase, SqliteMailbox } from './index.ts';

it('reports each message once, when it is on disk', async () => {
  const database = await SqliteDatabase.open(':memory:');
  const told: ArrivedMail[] = [];
  const mailbox = new SqliteMailbox(database, { clock: () => 0, onMail: (mail) => told.push(mail) });
  const attributes = { eventtype: ['order'], accountid: 'a0', vendorid: 'v0' };
  const publish = (id: string) => mailbox.publish({ id, subject: `Coffee order ${id}`, text: '', attributes });
  await Promise.all(['a', 'b', 'a'].map(publish));
  const sentAt = '1970-01-01T00:00:00.000Z';
  expect(told).toEqual(['a', 'b'].map((id) => ({ id, subject: `Coffee order ${id}`, sentAt })));
  await database.close();
  await expect(publish('c')).rejects.toMatchObject({ name: 'Unavailable' });
  expect(told).toHaveLength(2);
});
