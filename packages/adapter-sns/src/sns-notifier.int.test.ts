import { SNSClient } from '@aws-sdk/client-sns';
import { loseNextAnswer } from '@coffee/aws-errors/testing';
import type { Notification } from '@coffee/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SnsNotifier } from './index.ts';
import type { Topic } from './test-support/topics.ts';
import { createTopic } from './test-support/topics.ts';

let topic: Topic;
beforeAll(async () => {
  topic = await createTopic();
});
afterAll(() => topic.dispose());

const notificationOf = (id: string, ...eventtype: string[]): Notification => ({
  id,
  subject: 'Coffee order: 2 x Latte, Medium, 8.00 AUD',
  text: "Thank you for your coffee order.\n\n  City  L'Aquila \u2615\n",
  attributes: { eventtype, accountid: 'a0', vendorid: 'v0' },
});

it('lets subscribers filter by each attribute, event types one by one', async () => {
  const everything = await topic.subscribe();
  const byType = await topic.subscribe({ eventtype: ['order'] });
  const byVendor = await topic.subscribe({ vendorid: [{ 'anything-but': 'v0' }] });
  const notifier = new SnsNotifier(topic.client, topic);
  const messages = [
    notificationOf('o0', 'coffee', 'order'),
    notificationOf('o1', 'orders'),
    notificationOf('o2', 'order'),
  ];
  for (const message of messages) await notifier.publish(message);
  const ids = async (received: typeof everything) => (await received()).map(({ id }) => id).toSorted();
  await expect.poll(() => ids(everything)).toEqual(['o0', 'o1', 'o2']);
  await expect.poll(() => ids(byType)).toEqual(['o0', 'o2']);
  expect(await ids(byVendor)).toEqual([]);
});

it('delivers twice what the SDK publishes again because the answer was lost', async () => {
  const received = await topic.subscribe();
  const client = new SNSClient();
  const { attempts } = loseNextAnswer(client);
  await new SnsNotifier(client, topic).publish(notificationOf('o3', 'order'));
  expect(attempts()).toBe(2);
  await expect.poll(async () => (await received()).map(({ id }) => id)).toEqual(['o3', 'o3']);
  client.destroy();
});

it('delivers once what a client of one attempt publishes, and says that the outcome is open', async () => {
  const received = await topic.subscribe();
  const client = new SNSClient({ maxAttempts: 1 });
  const { attempts } = loseNextAnswer(client);
  const notifier = new SnsNotifier(client, topic);
  const open = { name: 'Unavailable', withoutEffect: false };
  await expect(notifier.publish(notificationOf('o4', 'order'))).rejects.toMatchObject(open);
  expect(attempts()).toBe(1);
  await notifier.publish(notificationOf('o5', 'order'));
  await expect.poll(async () => (await received()).map(({ id }) => id).toSorted()).toEqual(['o4', 'o5']);
  client.destroy();
});

it('throws what is not an outage as it is: a topic that is not there', async () => {
  const notifier = new SnsNotifier(topic.client, { topicArn: `${topic.topicArn}-not` });
  await expect(notifier.publish(notificationOf('o0', 'order'))).rejects.toMatchObject({ name: 'NotFoundException' });
});
