import { dynamoDBBindings } from '../aws/dynamodb-bindings.ts';
import { orderRepositoryBindings } from '../aws/order-repository-bindings.ts';
import { containerOf } from '../composition/container-of.ts';
import { getItemBindings } from '../composition/get-item-bindings.ts';
import { moduleOf } from '../composition/module-of.ts';
import { GetItemHandler } from '../handlers/get-item-handler.ts';
import { observeQuery } from '../observability/observe-query.ts';

const container = containerOf(moduleOf(getItemBindings, dynamoDBBindings, orderRepositoryBindings(process.env)));

export const handler = observeQuery('get-item', 'OrdersFound', container.get(GetItemHandler).handle);
