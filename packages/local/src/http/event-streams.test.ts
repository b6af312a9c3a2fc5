import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveEvents } from '../engine/live-events.ts';
import { EventReader } from '../test-support/event-reader.ts';
import { EventStreams } from './event-streams.ts';

let server: Server;
let live: LiveEvents;
let streams: EventStreams;
let port: number;

beforeEach(async () => {
  live = new LiveEvents();
  streams = new EventStreams(live);
  server = createServer((_, answer) => streams.add(answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  vi.useRealTimers();
  streams.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const tell = (id: string, subject = 'Coffee order') =>
  live.tell({ kind: 'mail', mail: { id, subject, sentAt: '2026-11-24T09:30:00.000Z' } });

const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));

/** A client that asks and never reads. */
async function deafReader(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  await once(socket, 'connect');
  socket.write('GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  return socket;
}

it('cuts off a reader that does not read, and the others get everything', async () => {
  const deaf = await deafReader();
  const reader = await EventReader.open(`http://127.0.0.1:${port}`);
  await expect.poll(connections).toBe(2);
  let count = 0;
  while ((await connections()) === 2 && count < 20_000) {
    // Each turn is a write of its own; the kernel takes the first megabytes.
    for (let turn = 0; turn < 100; turn += 1) tell(`o${count++}`, 'x'.repeat(1_000));
    await expect.poll(() => reader.events.length, { interval: 5 }).toBe(count);
  }
  expect(await connections()).toBe(1);
  expect(reader.events.map(({ data }) => data.id)).toEqual(Array.from({ length: count }, (_, number) => `o${number}`));
  deaf.destroy();
  await reader.close();
});

it('ends every stream when it closes, and those that come later', async () => {
  const before = await EventReader.open(`http://127.0.0.1:${port}`);
  streams.close();
  await before.ended;
  const after = await EventReader.open(`http://127.0.0.1:${port}`);
  await after.ended;
  expect(after.asides).toEqual(['retry: 1000']);
});

it('listens only while someone reads', async () => {
  expect(live.wanted).toBe(false);
  const [one, two] = [
    await EventReader.open(`http://127.0.0.1:${port}`),
    await EventReader.open(`http://127.0.0.1:${port}`),
  ];
  expect(live.wanted).toBe(true);
  await one.close();
  await expect.poll(connections).toBe(1);
  expect(live.wanted).toBe(true);
  await two.close();
  await expect.poll(() => live.wanted).toBe(false);
});

it('sends a comment every 15 seconds, so that nothing in between closes the connection', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const reader = await EventReader.open(`http://127.0.0.1:${port}`);
  vi.advanceTimersByTime(45_000);
  await expect.poll(() => reader.asides).toEqual(['retry: 1000', ':', ':', ':']);
  await reader.close();
});
