import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Order } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { tokens } from '@coffee/lambdas';
import type { LocalOptions, LocalSystem } from '@coffee/local';
import { startLocal } from '@coffee/local';
import type { Notifier, OrderRepository } from '@coffee/ports';
import { Faults, withFaults } from '@coffee/ports/faults';
import { ContainerModule } from 'inversify';
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

/** A system whose retries do not wait, and whose repository and notifier fail when a test says so. */
export interface FaultySystem extends LocalSystem {
  readonly orders: Faults<OrderRepository>;
  readonly notifier: Faults<Notifier>;
}

/** Starts a system, in memory or with a file. */
export async function startFaulty(options: LocalOptions = {}): Promise<FaultySystem> {
  const orders = new Faults<OrderRepository>();
  const notifier = new Faults<Notifier>();
  const module = new ContainerModule(({ onActivation }) => {
    onActivation(tokens.orderRepository, (_, port) => withFaults(port, orders));
    onActivation(tokens.notifier, (_, port) => withFaults(port, notifier));
  });
  const system = await startLocal({ modules: [module], retryMilliseconds: 0, ...options });
  return { ...system, orders, notifier };
}

/** A test with servers and a folder of its own; each is made for the tests that ask for it, and removed after them. */
export const it = test
  .extend('system', async ({ task: _ }, { onCleanup }): Promise<FaultySystem> => {
    const system = await startFaulty();
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
