import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBNotificationLog, DynamoDBOrderRepository } from '@coffee/adapter-dynamodb';
import { ContainerModule } from 'inversify';
import { tokens } from '../composition/container.ts';
import { clientOptions } from './client-options.ts';
import type { Environment } from './environment.ts';
import { required } from './environment.ts';

/** Orders in the table `ORDERS_TABLE`, the notification log in `NOTIFICATION_LOG_TABLE`; each is read when it is used. */
export const dynamoDBModule = (environment: Environment): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
    bind(tokens.orderRepository)
      .toDynamicValue(() => new DynamoDBOrderRepository(client, { tableName: required(environment, 'ORDERS_TABLE') }))
      .inSingletonScope();
    bind(tokens.notificationLog)
      .toDynamicValue(
        () => new DynamoDBNotificationLog(client, { tableName: required(environment, 'NOTIFICATION_LOG_TABLE') }),
      )
      .inSingletonScope();
  });
