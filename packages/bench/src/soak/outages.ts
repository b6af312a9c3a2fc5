import { randomInt } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Server } from '../server.ts';
import { Seen, startClients } from './clients.ts';
import type { Finding } from './ended-once.ts';
import { conclude, memoryOf } from './ended-once.ts';

/** The notifier fails always, then heals. */
export async function notifierDown(folder: string, seconds: number): Promise<Finding> {
  const server = await Server.start(join(folder, 'coffee.sqlite'));
  await server.fault({ port: 'Notifier', method: 'publish' });
  const seen = new Seen();
  const stop = startClients(server.origin, 64, seen);
  await Promise.race([setTimeout(seconds * 1000), server.ended]);
  await stop();
  const { memory, broken } = await memoryOf(server);
  if (server.alive) await server.heal();
  return conclude(server, seen, `64 clients for ${seconds} s, ${memory}`, [...broken, ...seen.unexpected]);
}

/** Kills the server at random moments, each third time while it recovers. */
export async function killed(folder: string, times: number): Promise<Finding> {
  const data = join(folder, 'coffee.sqlite');
  const seen = new Seen();
  for (let round = 0; round < times; round += 1) {
    const server = Server.spawn(data);
    if (round % 3 === 2) {
      await Promise.race([server.up(), setTimeout(randomInt(2000))]);
      await setTimeout(randomInt(150));
    } else {
      await server.up();
      // What is slow keeps more of them running when the process dies.
      if (round % 3 === 1) await server.fault({ port: 'Notifier', method: 'publish', kind: 'slow', milliseconds: 300 });
      const stop = startClients(server.origin, 32, seen);
      await setTimeout(randomInt(200, 2000));
      server.process.kill('SIGKILL');
      await stop();
    }
    const end = await server.end('SIGKILL');
    if (end !== 'SIGKILL')
      return { figures: `${round} kills`, broken: [`ended by itself: ${end} ${server.complaint}`] };
  }
  return conclude(await Server.start(data), seen, `${times} kills`);
}

/** Stops the server by SIGTERM while clients post orders. */
export async function stopped(folder: string, times: number): Promise<Finding> {
  const data = join(folder, 'coffee.sqlite');
  const seen = new Seen();
  const broken: string[] = [];
  let slowest = 0;
  for (let round = 0; round < times; round += 1) {
    const server = await Server.start(data);
    const stop = startClients(server.origin, 64, seen);
    await setTimeout(randomInt(300, 1500));
    const since = performance.now();
    const code = await server.end('SIGTERM');
    slowest = Math.max(slowest, performance.now() - since);
    await stop();
    if (code !== 0) broken.push(`exit code ${code}: ${server.complaint}`);
  }
  if (seen.resets > 0) broken.push(`${seen.resets} requests that were sent got no answer`);
  broken.push(...seen.unexpected.filter((answer) => !/ECONN/.test(answer)));
  const figures = `${times} stops under 64 clients, the slowest took ${Math.round(slowest)} ms`;
  return conclude(await Server.start(data), seen, figures, broken);
}

/** Fills what is left of a disk, down to the last block. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  for (let size = 1 << 20; size >= 512; ) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch {
      size /= 2;
    }
  }
  closeSync(file);
}

/** Fills the disk and frees it, on a file system of its own. */
export async function diskFull(folder: string, times: number, command: string): Promise<Finding> {
  const mount = `mount -t tmpfs -o size=${64 + times * 32}m tmpfs "$0" && exec "$@"`;
  const server = await Server.start(join(folder, 'coffee.sqlite'), [...command.split(' '), 'sh', '-c', mount, folder]);
  const filler = join(`/proc/${server.process.pid}/root`, folder, 'filler');
  const seen = new Seen();
  const stop = startClients(server.origin, 16, seen);
  for (let round = 0; round < times && server.alive; round += 1) {
    await setTimeout(randomInt(300, 1000));
    fill(filler);
    await setTimeout(randomInt(200, 1500));
    rmSync(filler);
  }
  await stop();
  return conclude(server, seen, `${times} times full`, seen.unexpected);
}
