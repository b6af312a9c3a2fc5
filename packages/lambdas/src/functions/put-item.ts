import type { PlaceOrderCommand } from '@coffee/application';
import { PlaceOrder } from '@coffee/application';
import { ContainerModule } from 'inversify';
import { dynamoDBModule } from '../aws/dynamodb-module.ts';
import { menuOf } from '../aws/environment.ts';
import { containerOf, tokens } from '../composition/container.ts';
import { placeOrderModule } from '../composition/use-case-modules.ts';
import { observeTask } from '../observability/observe.ts';

const menuModule = new ContainerModule(({ bind }) => {
  bind(tokens.menu).toConstantValue(menuOf(process.env));
});
const placeOrder = containerOf(placeOrderModule, menuModule, dynamoDBModule(process.env)).get(PlaceOrder);

/** `task_put_item`: checks and prices the order and writes it to the orders table. */
export const handler = observeTask('put-item', (event: PlaceOrderCommand) => placeOrder.execute(event));
