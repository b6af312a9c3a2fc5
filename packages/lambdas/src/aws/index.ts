import type { ContainerModule } from 'inversify';
import { moduleOf } from '../composition/module-of.ts';
import { dynamoDBBindings } from './dynamodb-bindings.ts';
import type { Environment } from './environment.ts';
import { invoiceLinksBindings } from './invoice-links-bindings.ts';
import { invoiceStoreBindings } from './invoice-store-bindings.ts';
import { notificationLogBindings } from './notification-log-bindings.ts';
import { notifierBindings } from './notifier-bindings.ts';
import { orderRepositoryBindings } from './order-repository-bindings.ts';
import { s3Bindings } from './s3-bindings.ts';

export { ConfigurationError, type Environment } from './environment.ts';

/**
 * Binds every port to AWS: `ORDERS_TABLE`, `NOTIFICATION_LOG_TABLE`, `INVOICES_BUCKET` and `NOTIFICATIONS_TOPIC_ARN` of
 * the environment say where. Region, endpoint and credentials the SDK finds by itself.
 *
 * @throws ConfigurationError for a variable that is missing.
 */
export function awsModule(environment: Environment): ContainerModule {
  return moduleOf(
    dynamoDBBindings,
    orderRepositoryBindings(environment),
    notificationLogBindings(environment),
    notifierBindings(environment),
    s3Bindings,
    invoiceStoreBindings(environment),
    invoiceLinksBindings(environment),
  );
}
