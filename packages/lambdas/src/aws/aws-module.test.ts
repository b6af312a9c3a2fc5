import { DynamoDBNotificationLog, DynamoDBOrderRepository } from '@coffee/adapter-dynamodb';
import { S3InvoiceLinks, S3InvoiceStore } from '@coffee/adapter-s3';
import { OncePerOrder } from '@coffee/application';
import { describe, expect, it } from 'vitest';
import { composeHandlers } from '../composition/compose-handlers.ts';
import { tokens } from '../composition/tokens.ts';
import { awsModule } from './index.ts';

const environment = {
  ORDERS_TABLE: 'orders',
  NOTIFICATION_LOG_TABLE: 'notification-log',
  INVOICES_BUCKET: 'invoices',
  NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:notifications',
};

describe('awsModule', () => {
  it('binds every port to AWS, so that the five handlers compose', () => {
    const { container } = composeHandlers(awsModule(environment));
    expect(container.get(tokens.orderRepository)).toBeInstanceOf(DynamoDBOrderRepository);
    expect(container.get(tokens.notificationLog)).toBeInstanceOf(DynamoDBNotificationLog);
    expect(container.get(tokens.invoiceStore)).toBeInstanceOf(S3InvoiceStore);
    expect(container.get(tokens.invoiceLinks)).toBeInstanceOf(S3InvoiceLinks);
    expect(container.get(tokens.notifier)).toBeInstanceOf(OncePerOrder);
  });

  it.each(Object.keys(environment))('names %s when it is missing or empty', (name) => {
    for (const value of [undefined, '']) {
      expect(() => awsModule({ ...environment, [name]: value })).toThrow(
        expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(name) }),
      );
    }
  });
});
