import { DynamoDBNotificationLog } from '@coffee/adapter-dynamodb';
import type { Bindings } from '../composition/module-of.ts';
import { tokens } from '../composition/tokens.ts';
import { documentClient } from './dynamodb-bindings.ts';
import type { Environment } from './environment.ts';
import { required } from './environment.ts';

/** `NotificationLog` in the table `NOTIFICATION_LOG_TABLE`. */
export function notificationLogBindings(environment: Environment): Bindings {
  const tableName = required(environment, 'NOTIFICATION_LOG_TABLE');
  return ({ bind }) => {
    bind(tokens.notificationLog)
      .toResolvedValue((client) => new DynamoDBNotificationLog(client, { tableName }), [documentClient])
      .inSingletonScope();
  };
}
