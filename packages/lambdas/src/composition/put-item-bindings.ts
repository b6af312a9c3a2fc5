import { PlaceOrder } from '@coffee/application';
import { defaultMenu } from '@coffee/domain';
import { PutItemHandler } from '../handlers/put-item-handler.ts';
import type { Bindings } from './module-of.ts';
import { tokens } from './tokens.ts';

/** `put-item` on the `OrderRepository`, with the default menu. */
export const putItemBindings: Bindings = ({ bind }) => {
  bind(tokens.menu).toConstantValue(defaultMenu);
  bind(PlaceOrder)
    .toResolvedValue((orders, menu) => new PlaceOrder(orders, menu), [tokens.orderRepository, tokens.menu])
    .inSingletonScope();
  bind(PutItemHandler).toSelf().inSingletonScope();
};
