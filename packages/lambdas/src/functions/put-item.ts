import { dynamoDBBindings } from '../aws/dynamodb-bindings.ts';
import { orderRepositoryBindings } from '../aws/order-repository-bindings.ts';
import { containerOf } from '../composition/container-of.ts';
import { moduleOf } from '../composition/module-of.ts';
import { putItemBindings } from '../composition/put-item-bindings.ts';
import { PutItemHandler } from '../handlers/put-item-handler.ts';
import { observeTask } from '../observability/observe-task.ts';

const container = containerOf(moduleOf(putItemBindings, dynamoDBBindings, orderRepositoryBindings(process.env)));

export const handler = observeTask('put-item', 'OrdersPlaced', container.get(PutItemHandler).handle);
