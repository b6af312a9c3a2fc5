import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { MemoryNotificationLog } from '@coffee/adapter-memory';
import { parseInvoiceKey } from '@coffee/domain';
import { ContainerModule } from 'inversify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeHandlers } from '../composition/compose-handlers.ts';
import { tokens } from '../composition/container.ts';
import { clientOptions, publishOptions } from './client-options.ts';
import { awsModules } from './index.ts';

const environment = {
  ORDERS_TABLE: 'orders',
  NOTIFICATION_LOG_TABLE: 'notification-log',
  INVOICES_BUCKET: 'invoices',
  NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:notifications',
};

/** The time of the function `notify`, less a second of backoff for each of its calls of the log. */
const longestNotify = 26_000;

describe('a service that takes connections and never answers', () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  const before = { ...process.env };

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  });

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });

  it('is unavailable after a few seconds and some attempts', async () => {
    const { container } = composeHandlers(...awsModules(environment));
    const calls = await Promise.allSettled([
      container.get(tokens.orderRepository).get('a0', 'v0'),
      container.get(tokens.notificationLog).begin('o1'),
      container.get(tokens.invoiceStore).prepare(parseInvoiceKey('2026/11/a0')),
    ]);
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: { name: 'Unavailable' } });
    expect(sockets.size).toBe(clientOptions.maxAttempts * calls.length);
  });

  it('is given up in time, even by notify: two calls of the log and one of the topic', () => {
    const [call, publish] = [clientOptions, publishOptions].map(
      ({ maxAttempts, requestHandler }) => maxAttempts * requestHandler.requestTimeout,
    ) as [number, number];
    expect(2 * call + publish).toBeLessThan(longestNotify);
  });

  it('is unavailable when it stalls in the middle of an answer', async () => {
    const { container } = composeHandlers(...awsModules(environment));
    const stall = (socket: Socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\netag: "e"\r\n\r\n{"lines":'));
    server.on('connection', stall);
    try {
      const reading = container.get(tokens.invoiceStore).get(parseInvoiceKey('2026/11/a0'));
      await expect(reading).rejects.toMatchObject({ name: 'Unavailable' });
    } finally {
      server.off('connection', stall);
    }
  });

  it('gets a message once when it hangs up without an answer, and the order keeps its lease', async () => {
    const log = new MemoryNotificationLog();
    const inMemory = new ContainerModule(({ rebind }) => void rebind(tokens.notificationLog).toConstantValue(log));
    const { container } = composeHandlers(...awsModules(environment), inMemory);
    server.once('connection', (socket) => socket.once('data', () => socket.destroy()));
    const before = sockets.size;
    const attributes = { eventtype: ['order'], accountid: 'a0', vendorid: 'v0' };
    const publishing = container.get(tokens.notifier).publish({ id: 'o1', subject: 'Coffee', text: 'Hi', attributes });
    await expect(publishing).rejects.toMatchObject({ name: 'Unavailable', withoutEffect: false });
    expect(sockets.size - before).toBe(1);
    expect(await log.begin('o1')).toBe('busy');
  });
});
