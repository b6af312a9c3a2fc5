import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { parseInvoiceKey } from '@coffee/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeHandlers } from '../composition/compose-handlers.ts';
import { tokens } from '../composition/container.ts';
import { clientOptions } from './client-options.ts';
import { awsModules } from './index.ts';

const environment = {
  ORDERS_TABLE: 'orders',
  NOTIFICATION_LOG_TABLE: 'notification-log',
  INVOICES_BUCKET: 'invoices',
  NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:notifications',
};

/** What `notify` may take, which makes the most calls: three of them fit into its task's 30 seconds. */
const longestCall = 8_000;

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

  it('is given up in time', () => {
    const { maxAttempts, requestHandler } = clientOptions;
    expect(maxAttempts * requestHandler.requestTimeout).toBeLessThan(longestCall);
  });
});
