import type { CoffeeServer } from '../client/coffee-server.ts';
import type { Job } from './job.ts';
import { randomOrder } from './random-order.ts';

/** So many random orders from the menu of the server, each made when its turn comes. */
export async function* randomOrders(count: number, server: CoffeeServer): AsyncGenerator<Job> {
  const { menu } = await server.menu();
  for (let number = 0; number < count; number++) {
    yield { label: `a${number} at v${number}`, origin: { number }, order: randomOrder(number, menu) };
  }
}
