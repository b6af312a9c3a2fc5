export { DynamoDBNotificationLog, type DynamoDBNotificationLogOptions } from './dynamodb-notification-log.ts';
export { DynamoDBOrderRepository } from './dynamodb-order-repository.ts';
