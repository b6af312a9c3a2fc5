import { PlaceOrder } from '@coffee/application';
import type { PlacedOrder } from '@coffee/domain';
import type { PutItemInput } from '@coffee/workflow';
import { inject, injectable } from 'inversify';

/** `task_put_item`: checks and prices the order and writes it to the orders table. */
@injectable()
export class PutItemHandler {
  readonly #placeOrder: PlaceOrder;

  constructor(@inject(PlaceOrder) placeOrder: PlaceOrder) {
    this.#placeOrder = placeOrder;
  }

  readonly handle = (event: PutItemInput): Promise<PlacedOrder> => this.#placeOrder.execute(event);
}
