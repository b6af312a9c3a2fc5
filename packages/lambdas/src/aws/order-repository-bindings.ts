import { DynamoDBOrderRepository } from '@coffee/adapter-dynamodb';
import type { Bindings } from '../composition/module-of.ts';
import { tokens } from '../composition/tokens.ts';
import { documentClient } from './dynamodb-bindings.ts';
import type { Environment } from './environment.ts';
import { required } from './environment.ts';

/** `OrderRepository` in the table `ORDERS_TABLE`. */
export function orderRepositoryBindings(environment: Environment): Bindings {
  const tableName = required(environment, 'ORDERS_TABLE');
  return ({ bind }) => {
    bind(tokens.orderRepository)
      .toResolvedValue((client) => new DynamoDBOrderRepository(client, { tableName }), [documentClient])
      .inSingletonScope();
  };
}
