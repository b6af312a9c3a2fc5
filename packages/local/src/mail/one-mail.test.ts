import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDatabase, SqliteNotificationLog } from '@coffee/adapter-sqlite';
import { placeOrder } from '@coffee/domain';
import { composeHandlers, tokens } from '@coffee/lambdas';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryModule } from '../composition/memory-module.ts';
import { LiveEvents } from '../engine/live-events.ts';
import type { LocalOptions } from '../index.ts';
import { startLocal } from '../index.ts';
import { mailServer, refuse } from '../test-support/mail-server.ts';
import { orderOf } from '../test-support/order-of.ts';
import { smtpModule } from './smtp-module.ts';
import type { SmtpTimeouts } from './smtp-notifier.ts';
import { leaseOf, maxConnections, SmtpNotifier } from './smtp-notifier.ts';

interface View {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly { readonly type: string; readonly state?: string; readonly error?: string }[];
}

async function arrange(script: Parameters<typeof mailServer>[0], options: LocalOptions = {}, timeouts?: SmtpTimeouts) {
  const server = await mailServer(script);
  const smtp = { url: server.url, from: 'coffee@localhost', to: 'barista@localhost', ...(timeouts && { timeouts }) };
  const system = await startLocal({ retryMilliseconds: 0, ...options, smtp });
  onTestFinished(async () => {
    await system.close();
    await server.close();
  });

  async function place(index = 0): Promise<string> {
    const response = await fetch(`${system.url}/prod/order`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ order: orderOf(`a${index}`, 'v0') }),
    });
    expect(response.status).toBe(202);
    return ((await response.json()) as { orderid: string }).orderid;
  }

  async function ended(orderid: string): Promise<View> {
    const view = async () => (await (await fetch(`${system.url}/executions/${orderid}`)).json()) as View;
    await expect.poll(async () => (await view()).status).not.toBe('RUNNING');
    return view();
  }
  return { server, system, place, ended };
}

const retriesOf = ({ history }: View) => history.filter(({ type }) => type === 'StateRetried').length;

describe('one message per order, by SMTP', () => {
  it('is delayed by the first retry only when the server refuses it once for now', async () => {
    const { server, place, ended } = await arrange({ messages: [refuse(451, 'try again later'), () => {}] });
    const execution = await ended(await place());
    expect(execution.status).toBe('SUCCEEDED');
    expect(retriesOf(execution)).toBe(1);
    expect(server.accepted).toHaveLength(1);
  });

  it("fails at once in the server's words when it is refused for good, and a redrive sends it", async () => {
    const { server, system, place, ended } = await arrange({ recipients: [refuse(550, 'no such barista'), () => {}] });
    const orderid = await place();
    const execution = await ended(orderid);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'NotificationRefused' });
    expect(JSON.parse(execution.cause ?? '').errorMessage).toContain('550 no such barista');
    expect(JSON.stringify(execution.history)).toContain('no such barista');
    expect(retriesOf(execution)).toBe(0);
    await fetch(`${system.url}/executions/${orderid}/redrive`, { method: 'POST' });
    expect(await ended(orderid)).toMatchObject({ status: 'SUCCEEDED' });
    expect(server.accepted).toHaveLength(1);
  });

  it('uses few connections for many orders, and closes them on shutdown', async () => {
    const { server, system, place, ended } = await arrange({});
    const orderids = await Promise.all(Array.from({ length: 200 }, (_, index) => place(index)));
    for (const orderid of orderids) expect(await ended(orderid)).toMatchObject({ status: 'SUCCEEDED' });
    const sent = server.accepted.map((message) => /^Message-ID: <(.+)@/m.exec(message)?.[1]);
    expect(sent.toSorted()).toEqual(orderids.toSorted());
    expect(server.connections.opened).toBeLessThanOrEqual(maxConnections);
    await system.close();
    await expect.poll(() => server.connections.open).toBe(0);
  });

  it('is sent once after a crash in the middle of a send, when the lease has ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-mail-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const data = join(folder, 'coffee.sqlite');
    const timeouts = { command: 500, accept: 250 };
    const database = await SqliteDatabase.open(data);
    const log = new SqliteNotificationLog(database, { leaseMilliseconds: leaseOf({ timeouts }) });
    await log.begin('crashed-1');
    await database.close();

    // Ten retries as for Unavailable would end before the lease does.
    const { server, system, ended } = await arrange({}, { data, retryMilliseconds: leaseOf({ timeouts }) / 15 });
    await fetch(`${system.url}/prod/order`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'crashed-1' },
      body: JSON.stringify({ order: orderOf('a0', 'v0') }),
    });
    const execution = await ended('crashed-1');
    expect(execution.status).toBe('SUCCEEDED');
    expect(server.accepted).toHaveLength(1);
  });

  describe('when its task times out', () => {
    const placed = placeOrder({
      orderid: 'o1',
      acceptedAt: '2026-11-24T09:30:00.000Z',
      order: orderOf('a0', 'v0'),
    });

    async function compose(script: Parameters<typeof mailServer>[0]) {
      const server = await mailServer(script);
      const smtp = new SmtpNotifier({ url: server.url, from: 'coffee@localhost', to: 'barista@localhost' });
      onTestFinished(async () => {
        smtp.close();
        await server.close();
      });
      const memory = memoryModule(() => '', new LiveEvents(), leaseOf());
      const { notify, container } = composeHandlers(memory, smtpModule(smtp));
      return { server, notify, log: container.get(tokens.notificationLog) };
    }

    it('while the server thinks it over, the next attempt joins and one copy is sent', async () => {
      const [arrived, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const messages = [() => Promise.resolve(arrived.resolve()).then(() => answered.promise)];
      const { server, notify, log } = await compose({ messages });
      const timeout = new AbortController();
      const first = notify(placed, timeout);
      await arrived.promise;
      timeout.abort();
      await expect(first).rejects.toMatchObject({ name: 'Unavailable' });
      expect(await log.begin('o1')).toBe('busy');
      const second = notify(placed);
      answered.resolve();
      await expect(second).resolves.toEqual({ id: 'o1' });
      expect(server.arrived).toHaveLength(1);
    });

    it('and no attempt follows, the sending is recorded all the same', async () => {
      const [arrived, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const messages = [() => Promise.resolve(arrived.resolve()).then(() => answered.promise)];
      const { notify, log } = await compose({ messages });
      const timeout = new AbortController();
      const only = notify(placed, timeout);
      await arrived.promise;
      timeout.abort();
      await expect(only).rejects.toMatchObject({ name: 'Unavailable' });
      answered.resolve();
      await expect.poll(() => log.begin('o1')).toBe('done');
    });

    it('before a connection is free, it has no lease, and is sent by the next attempt', async () => {
      const [answered, taken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let count = 0;
      const slow = () => {
        count += 1;
        if (count === maxConnections) taken.resolve();
        return answered.promise;
      };
      const { server, notify, log } = await compose({ messages: [slow] });
      const others = Array.from({ length: maxConnections }, (_, index) =>
        notify({ ...placed, orderid: `busy${index}` }),
      );
      await taken.promise;
      const timeout = new AbortController();
      const waiting = notify(placed, timeout);
      timeout.abort();
      await expect(waiting).rejects.toMatchObject({ name: 'Unavailable' });
      expect(await log.begin('o1')).toBe('granted');
      await log.release('o1');
      answered.resolve();
      await Promise.all([...others, notify(placed)]);
      expect(server.accepted).toHaveLength(maxConnections + 1);
    });
  });
});
