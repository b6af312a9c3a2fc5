import { Faults, withFaults } from '@coffee/adapter-memory';
import { tokens } from '@coffee/lambdas';
import type { LocalSystem } from '@coffee/local';
import { startLocal } from '@coffee/local';
import type { Notifier, OrderRepository } from '@coffee/ports';
import { ContainerModule } from 'inversify';

/** A running system whose repository and notifier fail when a test says so. */
export interface FaultySystem extends LocalSystem {
  readonly orders: Faults<OrderRepository>;
  readonly notifier: Faults<Notifier>;
}

/** Starts one in memory, on a free port. Its retries do not wait. */
export async function startWithFaults(): Promise<FaultySystem> {
  const orders = new Faults<OrderRepository>();
  const notifier = new Faults<Notifier>();
  const module = new ContainerModule(({ onActivation }) => {
    onActivation(tokens.orderRepository, (_, port) => withFaults(port, orders));
    onActivation(tokens.notifier, (_, port) => withFaults(port, notifier));
  });
  const system = await startLocal({ modules: [module], retryMilliseconds: 0 });
  return { ...system, orders, notifier };
}
