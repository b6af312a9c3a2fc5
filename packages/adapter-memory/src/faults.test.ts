import type { Notification } from '@coffee/domain';
import { composeNotification, placeOrder } from '@coffee/domain';
import type { Notifier } from '@coffee/ports';
import { Faults, slow, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import { expect, it } from 'vitest';
import { MemoryMailbox } from './index.ts';

const order = {
  accountid: 'a0',
  vendorid: 'v0',
  orderdate: '2026-11-24 09:30:00',
  city: 'Sydney',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.50', quantity: 1 },
  eventtype: ['order'],
};
const notification = (orderid: string): Notification =>
  composeNotification(placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.000Z', order }));

function faultyMailbox() {
  const mailbox = new MemoryMailbox();
  const faults = new Faults<Notifier>();
  const ids = async () => (await mailbox.page()).mails.map(({ id }) => id);
  return { faults, notifier: withFaults<Notifier>(mailbox, faults), ids };
}

it('fails the next calls in turn, before the effect or after it, and then passes through', async () => {
  const { faults, notifier, ids } = faultyMailbox();
  faults.next('publish', unavailableBefore(), unavailableAfter());
  await expect(notifier.publish(notification('o0'))).rejects.toMatchObject({
    name: 'Unavailable',
    cause: expect.anything(),
  });
  expect(await ids()).toEqual([]);
  await expect(notifier.publish(notification('o0'))).rejects.toMatchObject({ name: 'Unavailable' });
  expect(await ids()).toEqual(['o0']);
  await notifier.publish(notification('o1'));
  expect(await ids()).toEqual(['o1', 'o0']);
  expect(faults.calls('publish')).toBe(3);
});

it('fails always until cleared, the queued faults first', async () => {
  const { faults, notifier, ids } = faultyMailbox();
  faults.always('publish', unavailableBefore()).next('publish', unavailableAfter());
  for (const id of ['o0', 'o1', 'o2']) {
    await expect(notifier.publish(notification(id))).rejects.toMatchObject({ name: 'Unavailable' });
  }
  expect(await ids()).toEqual(['o0']);
  faults.clear();
  await notifier.publish(notification('o1'));
  expect(await ids()).toEqual(['o1', 'o0']);
});

it('makes a slow call after its delay', async () => {
  const { faults, notifier, ids } = faultyMailbox();
  const { promise: due, resolve: letGo } = Promise.withResolvers<void>();
  faults.next(
    'publish',
    slow(() => due),
  );
  const published = notifier.publish(notification('o0'));
  expect(await ids()).toEqual([]);
  letGo();
  await published;
  expect(await ids()).toEqual(['o0']);
});

it('passes arguments, answers and errors through while no fault is set', async () => {
  const mailbox = new MemoryMailbox();
  await withFaults(mailbox, new Faults()).publish(notification('o0'));
  expect(await withFaults(mailbox, new Faults()).page({ limit: 1 })).toEqual(await mailbox.page());
  const refusing: Notifier = { publish: () => Promise.reject(new Error('refused')) };
  await expect(withFaults(refusing, new Faults()).publish(notification('o0'))).rejects.toThrow('refused');
});

it('takes your own script, which sees every call', async () => {
  const told: string[] = [];
  const take = (method: string) => (told.push(method) === 2 ? unavailableBefore() : undefined);
  const notifier = withFaults<Notifier>(new MemoryMailbox(), { take });
  await notifier.publish(notification('o0'));
  await expect(notifier.publish(notification('o0'))).rejects.toMatchObject({ name: 'Unavailable' });
  expect(told).toEqual(['publish', 'publish']);
});

it('is the port in every other way: it prints, and its methods are the same each time', () => {
  const notifier = withFaults<Notifier>(new MemoryMailbox(), new Faults());
  expect(`${notifier}`).toBe('[object Object]');
  expect(notifier.publish).toBe(notifier.publish);
  expect(notifier.toString).toBe(Object.prototype.toString);
  expect(notifier).toBeInstanceOf(MemoryMailbox);
});
