import type { ContainerModule } from 'inversify';
import { dynamoDBModule } from './dynamodb-module.ts';
import type { Environment } from './environment.ts';
import { required, variables } from './environment.ts';
import { s3LinksModule, s3Module } from './s3-modules.ts';
import { snsModule } from './sns-module.ts';

export { ConfigurationError, type Environment } from './environment.ts';

/**
 * Modules that bind every port to AWS: `ORDERS_TABLE`, `NOTIFICATION_LOG_TABLE`, `INVOICES_BUCKET` and
 * `NOTIFICATIONS_TOPIC_ARN` of the environment say where. The SDK finds region, endpoint and credentials by itself.
 *
 * @throws ConfigurationError for a variable that is missing.
 */
export function awsModules(environment: Environment): readonly ContainerModule[] {
  for (const name of variables) required(environment, name);
  return [dynamoDBModule, s3Module, s3LinksModule, snsModule].map((module) => module(environment));
}
