import type { Notification } from '@coffee/domain';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mailServer, refuse } from '../test-support/mail-server.ts';
import type { SmtpTimeouts } from './smtp-notifier.ts';
import { leaseOf, maxConnections, SmtpNotifier } from './smtp-notifier.ts';

const notificationOf = (id: string): Notification => ({
  id,
  subject: 'Coffee order: 2 x Latte, Medium, 8.00 AUD',
  text: "Thank you.\n\n.  City  L'Aquila \u2615\n",
  attributes: { eventtype: ['new_order', 'coffee'], accountid: 'a0', vendorid: 'v0' },
});

async function arrange(script: Parameters<typeof mailServer>[0] = {}, timeouts?: SmtpTimeouts) {
  const server = await mailServer(script);
  const options = { url: server.url, from: 'coffee@localhost', to: 'barista@localhost' };
  const notifier = new SmtpNotifier(timeouts === undefined ? options : { ...options, timeouts });
  onTestFinished(async () => {
    notifier.close();
    await server.close();
  });
  return { server, notifier };
}

const never = () => new Promise<void>(() => {});
const notSent = { name: 'Unavailable', withoutEffect: true };
const open = { name: 'Unavailable', withoutEffect: false };

describe('SmtpNotifier', () => {
  it('sends the subject, the text and its attributes', async () => {
    const { server, notifier } = await arrange();
    await notifier.publish(notificationOf('o1'));
    const [message = ''] = server.accepted;
    expect(message).toContain('Subject: Coffee order: 2 x Latte, Medium, 8.00 AUD\r\n');
    expect(message).toContain('Message-ID: <o1@coffee-orders>\r\n');
    expect(message).toContain('X-Coffee-Event-Type: new_order, coffee\r\n');
    expect(message).toContain('X-Coffee-Account: a0\r\n');
    expect(message).toContain("\r\n.  City  L'Aquila =E2=98=95");
  });

  it('sends many messages over few connections', async () => {
    const { server, notifier } = await arrange();
    await Promise.all(Array.from({ length: 150 }, (_, index) => notifier.publish(notificationOf(`o${index}`))));
    expect(server.accepted).toHaveLength(150);
    expect(server.connections.opened).toBeLessThanOrEqual(maxConnections);
  });

  it.each([
    ['a recipient', 'recipients'],
    ['a message', 'messages'],
  ] as const)('knows that %s refused for now was not sent', async (_, step) => {
    const { server, notifier } = await arrange({ [step]: [refuse(451, 'try again later'), () => {}] });
    const error = { ...notSent, message: expect.stringContaining('451 try again later') };
    await expect(notifier.publish(notificationOf('o1'))).rejects.toMatchObject(error);
    await notifier.publish(notificationOf('o1'));
    expect(server.accepted).toHaveLength(1);
  });

  it.each([
    ['a recipient', 'recipients'],
    ['a message', 'messages'],
  ] as const)("fails in the server's words when %s is refused for good", async (_, step) => {
    const { notifier } = await arrange({ [step]: [refuse(550, 'no such barista')] });
    await expect(notifier.publish(notificationOf('o1'))).rejects.toMatchObject({
      name: 'NotificationRefused',
      message: expect.stringMatching(/order o1.*550 no such barista/),
      cause: expect.any(Error),
    });
  });

  it('knows that nothing was sent without a connection', async () => {
    const notifier = new SmtpNotifier({ url: 'smtp://127.0.0.1:1', from: 'a@b', to: 'c@d' });
    await expect(notifier.publish(notificationOf('o1'))).rejects.toMatchObject({
      ...notSent,
      cause: expect.any(Error),
    });
  });

  it('knows that nothing was sent when the server takes too long before it asks for the message', async () => {
    const { server, notifier } = await arrange({ recipients: [never] }, { command: 200, accept: 60_000 });
    await expect(notifier.publish(notificationOf('o1'))).rejects.toMatchObject(notSent);
    expect(server.arrived).toHaveLength(0);
  });

  it('cannot know what became of a message that is not answered', async () => {
    const { server, notifier } = await arrange({ messages: [never] }, { command: 60_000, accept: 2_000 });
    await expect(notifier.publish(notificationOf('o1'))).rejects.toMatchObject(open);
    expect(server.arrived).toHaveLength(1);
  });

  it('cannot know what became of a message when the connection breaks before the answer', async () => {
    const arrived = Promise.withResolvers<void>();
    const { server, notifier } = await arrange({ messages: [() => Promise.resolve(arrived.resolve()).then(never)] });
    const publishing = notifier.publish(notificationOf('o1'));
    await arrived.promise;
    server.hangUp();
    await expect(publishing).rejects.toMatchObject(open);
  });

  describe('when its signal is aborted', () => {
    it('sends nothing when it was aborted before', async () => {
      const { server, notifier } = await arrange();
      const signal = AbortSignal.abort(new Error('given up'));
      const publishing = notifier.publish(notificationOf('o1'), { signal });
      await expect(publishing).rejects.toMatchObject({ ...notSent, cause: signal.reason });
      expect(server.connections.opened).toBe(0);
    });

    it('cuts a message that the server has not asked for yet', async () => {
      const asked = Promise.withResolvers<void>();
      const recipients = [() => Promise.resolve(asked.resolve()).then(never)];
      const { server, notifier } = await arrange({ recipients });
      const aborting = new AbortController();
      const publishing = notifier.publish(notificationOf('o1'), aborting);
      await asked.promise;
      aborting.abort(new Error('timed out'));
      await expect(publishing).rejects.toMatchObject({ ...notSent, cause: aborting.signal.reason });
      await expect.poll(() => server.connections.open).toBe(0);
      expect(server.arrived).toHaveLength(0);
    });

    it('lets a message go on that the server has asked for', async () => {
      const [arrived, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const { server, notifier } = await arrange({
        messages: [() => Promise.resolve(arrived.resolve()).then(() => answered.promise)],
      });
      const aborting = new AbortController();
      const publishing = notifier.publish(notificationOf('o1'), aborting);
      await arrived.promise;
      aborting.abort();
      answered.resolve();
      await publishing;
      expect(server.accepted).toHaveLength(1);
    });
  });

  it('has a lease that is longer than its longest send', () => {
    expect(leaseOf()).toBe(20 * 60_000);
    expect(leaseOf({ timeouts: { command: 300, accept: 600 } })).toBeGreaterThan(300 + 600);
  });
});
