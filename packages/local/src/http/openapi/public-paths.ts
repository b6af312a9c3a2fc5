import type { Menu } from '@coffee/domain';
import { orderSchema } from './component-schemas.ts';
import type { Examples } from './examples.ts';
import { executionState } from './execution-schemas.ts';
import type { Link, Operation, Parameter } from './operation.ts';
import { responseHeaders } from './operation.ts';
import { acceptedOrder, invoiceLink, orderRequest, placedOrder } from './order-schemas.ts';
import { idempotencyKey, objectKeySchema, orderIdInPath } from './parameters.ts';

/** Operations by path and method. */
export type Paths = Readonly<Record<string, Readonly<Partial<Record<'get' | 'post' | 'put' | 'delete', Operation>>>>>;

const state: Link = {
  operationId: 'getExecution',
  description: 'How the order stands.',
  parameters: { orderid: '$response.body#/orderid' },
};

/** The calls of the API, under its stage, embedded and on AWS. */
export function publicPaths(menu: Menu, examples: Examples): Paths {
  const { properties } = orderSchema(menu);
  const key = (name: 'accountid' | 'vendorid'): Parameter => ({
    name,
    in: 'query',
    required: true,
    description: `The \`${name}\` of the order.`,
    schema: properties[name] ?? {},
    example: examples.placed.order[name],
  });
  return {
    '/order': {
      post: {
        operationId: 'placeOrder',
        summary: 'Place an order',
        description:
          'The order is stored before it is answered, and handled after. The same key and body again, while the ' +
          'execution runs, is answered as the first time. API Gateway answers `OrderRejected` for every body that it ' +
          'refuses, without `issues`, and 429 when it is asked too often.',
        parameters: [idempotencyKey],
        body: { schema: orderRequest, example: examples.order },
        answers: {
          202: {
            description: 'The order is on its way.',
            schema: acceptedOrder,
            example: examples.accepted,
            headers: { Location: responseHeaders.location },
            links: { state },
          },
        },
        problems: [
          'OrderRejected',
          'MalformedJson',
          'IdempotencyKeyRejected',
          'ExecutionAlreadyExists',
          'PayloadTooLarge',
          'UnsupportedMediaType',
          'Unavailable',
        ],
        problemExamples: { OrderRejected: examples.rejected },
      },
      get: {
        operationId: 'getOrder',
        summary: 'Read the newest order of an account at a vendor',
        parameters: [key('accountid'), key('vendorid')],
        answers: {
          200: {
            description: 'The order.',
            schema: placedOrder,
            example: examples.placed,
            links: {
              state,
              invoice: {
                operationId: 'getInvoice',
                description: 'The invoice that the order is on.',
                parameters: { objectKey: '$response.body#/invoice' },
              },
            },
          },
        },
        problems: ['ParameterRejected', 'OrderNotFound', 'Unavailable'],
      },
    },
    '/order/{orderid}': {
      get: {
        operationId: 'getExecution',
        summary: 'Read how an order stands',
        parameters: [orderIdInPath],
        answers: {
          200: { description: 'How its execution stands.', schema: executionState, example: examples.state },
        },
        problems: ['ExecutionNotFound', 'Unavailable'],
      },
    },
    '/invoice': {
      get: {
        operationId: 'getInvoice',
        summary: 'Get a link to an invoice',
        parameters: [
          {
            name: 'objectKey',
            in: 'query',
            required: true,
            description: 'The `invoice` of an order: year, month (not padded) and account.',
            schema: objectKeySchema(properties.accountid),
            example: examples.link.objectKey,
          },
        ],
        answers: { 200: { description: 'The link.', schema: invoiceLink, example: examples.link } },
        problems: ['ParameterRejected', 'InvoiceKeyRejected', 'InvoiceNotFound', 'Unavailable'],
      },
    },
  };
}
