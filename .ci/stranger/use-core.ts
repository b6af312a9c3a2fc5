import { MemoryMailbox, MemoryOrderRepository } from '@coffee/adapter-memory';
import type { Client } from '@coffee/api';
import { createClient } from '@coffee/api';
import { AnnounceOrder, PlaceOrder } from '@coffee/application';
import type { Order, PlacedOrder, Principal } from '@coffee/domain';
import { orderSchema } from '@coffee/domain';
import { identifiers } from '@coffee/domain/arbitraries';
import type { Notifier, OrderRepository } from '@coffee/ports';
import { Faults, unavailableBefore, withFaults } from '@coffee/ports/faults';
import type { OrderWorkflow, PutItemInput } from '@coffee/workflow';
import { orderWorkflow } from '@coffee/workflow';
import * as fc from 'fast-check';
import { menu, order, placed } from './sample.ts';

// What a browser can use too: these types need those of the DOM or of Node.js, not both.

export const orders: OrderRepository = new MemoryOrderRepository();
const caller: Principal = { kind: 'customer', accountid: order.accountid };
export const input: PutItemInput = {
  orderid: placed.orderid,
  acceptedAt: placed.acceptedAt,
  input: { body: JSON.stringify({ order }), caller },
};
export const place: Promise<PlacedOrder> = new PlaceOrder(orders, menu).execute(input);
// @ts-expect-error an order is placed in someone's name
export const nameless = () => new PlaceOrder(orders, menu).execute({ ...input, input: { body: '{}' } });
const faults = new Faults<Notifier>().next('publish', unavailableBefore());
export const announce = new AnnounceOrder(withFaults<Notifier>(new MemoryMailbox(), faults));
export const workflow: OrderWorkflow = orderWorkflow;
export const client: Client = createClient({ baseUrl: 'http://127.0.0.1:3000' });
export const [id]: string[] = fc.sample(identifiers, 1);

export const standard = orderSchema(menu)['~standard'].validate(order);
const parsed: Order<typeof menu> = orderSchema(menu).parse(order);
export const size: 'Small' = parsed.details.coffeesize; // the menu has no other
// @ts-expect-error an order has an account
export const noAccount: Order = {};
// @ts-expect-error an order is not changed
parsed.city = 'Perth';
