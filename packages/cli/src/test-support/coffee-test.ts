import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '@coffee/api';
import { createClient } from '@coffee/api';
import type { Order } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { startLocal } from '@coffee/local';
import { test } from 'vitest';
import { runCoffee } from './run-coffee.ts';
import { gatewayTo, standIn } from './stand-in-server.ts';

/** An order that the default menu sells. */
export const orderOf = (accountid: string, vendorid: string): Order => ({
  ...exampleOrder,
  accountid,
  vendorid,
  orderdate: '2026-11-24 09:30:00',
  city: "L'Aquila",
});

/** The same as flags. */
export function flagsOf(accountid: string, vendorid: string): string[] {
  const { orderdate, city } = orderOf(accountid, vendorid);
  const flags = { accountid, vendorid, orderdate, city, coffeetype: 'Latte', coffeesize: 'Small', quantity: '2' };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Runs something while calls of a port fail before their effect: all, or so many. */
export async function whileFailing<Result>(
  url: string,
  [port, method, times = 'always']: readonly [port: Fault['port'], method: Fault['method'], times?: Fault['times']],
  run: () => Promise<Result>,
): Promise<Result> {
  const client = createClient({ baseUrl: url });
  await client.setFault({ port, method, kind: 'before', times });
  const result = await run();
  await client.clearFaults();
  return result;
}

/** A test with servers and a folder of its own; each is made for the tests that ask for it, and removed after them. */
export const it = test
  .extend('system', async ({ task: _ }, { onCleanup }) => {
    const system = await startLocal({ retryMilliseconds: 0 });
    onCleanup(() => system.close());
    return system;
  })
  .extend('startServer', ({ task: _ }) => standIn)
  .extend('folder', async ({ task: _ }, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-cli-'));
    onCleanup(() => rm(folder, { recursive: true }));
    return folder;
  })
  .extend(
    'coffee',
    ({ system }) =>
      (...args: string[]) =>
        runCoffee(args, { url: system.url }),
  )
  .extend('deployed', async ({ system }) => {
    const { url } = await gatewayTo(system.url);
    return (...args: string[]) => runCoffee(args, { url });
  });
