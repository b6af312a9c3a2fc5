import { FindOrder } from '@coffee/application';
import { GetItemHandler } from '../handlers/get-item-handler.ts';
import type { Bindings } from './module-of.ts';
import { tokens } from './tokens.ts';

/** `get-item` on the `OrderRepository`. */
export const getItemBindings: Bindings = ({ bind }) => {
  bind(FindOrder)
    .toResolvedValue((orders) => new FindOrder(orders), [tokens.orderRepository])
    .inSingletonScope();
  bind(GetItemHandler).toSelf().inSingletonScope();
};
