import { DynamoDBNotificationLog, DynamoDBOrderRepository } from '@coffee/adapter-dynamodb';
import { S3InvoiceLinks, S3InvoiceStore } from '@coffee/adapter-s3';
import { OncePerOrder } from '@coffee/application';
import { defaultMenu } from '@coffee/domain';
import { describe, expect, it } from 'vitest';
import { composeHandlers } from '../composition/compose-handlers.ts';
import { tokens } from '../composition/container.ts';
import { menuOf } from './environment.ts';
import { awsModules } from './index.ts';

const environment = {
  ORDERS_TABLE: 'orders',
  NOTIFICATION_LOG_TABLE: 'notification-log',
  INVOICES_BUCKET: 'invoices',
  NOTIFICATIONS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:notifications',
};

describe('awsModules', () => {
  it('binds every port to AWS, so that the five handlers compose', () => {
    const { container } = composeHandlers(...awsModules(environment));
    expect(container.get(tokens.orderRepository)).toBeInstanceOf(DynamoDBOrderRepository);
    expect(container.get(tokens.notificationLog)).toBeInstanceOf(DynamoDBNotificationLog);
    expect(container.get(tokens.invoiceStore)).toBeInstanceOf(S3InvoiceStore);
    expect(container.get(tokens.invoiceLinks)).toBeInstanceOf(S3InvoiceLinks);
    expect(container.get(tokens.notifier)).toBeInstanceOf(OncePerOrder);
  });

  it.each(Object.keys(environment))('names %s when it is missing or empty', (name) => {
    for (const value of [undefined, '']) {
      expect(() => awsModules({ ...environment, [name]: value })).toThrow(
        expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining(name) }),
      );
    }
  });
});

describe('menuOf', () => {
  const menu = { currency: 'JPY', coffeetypes: ['Latte'], coffeesizes: [{ coffeesize: 'S', unitprice: '800' }] };

  it('is the menu of the variable MENU, and the default menu without it', () => {
    expect(menuOf({ MENU: JSON.stringify(menu) })).toEqual(menu);
    expect(menuOf({})).toBe(defaultMenu);
    expect(menuOf({ MENU: '' })).toBe(defaultMenu);
  });

  it.each([
    ['{', /^MENU must be a menu as JSON: /],
    [JSON.stringify({ ...menu, currency: 'yen' }), /^MENU must be a menu as JSON: menu\.currency must be the code/],
  ])('refuses %s in a sentence', (MENU, message) => {
    expect(() => menuOf({ MENU })).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', message: expect.stringMatching(message) }),
    );
  });
});
