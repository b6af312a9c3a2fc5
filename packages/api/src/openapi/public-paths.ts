import * as z from 'zod/mini';
import { queries } from '../queries.ts';
import { acceptedOrder, invoiceLink, orderRequest, placedOrder } from '../schemas/orders.ts';
import { orderState } from '../schemas/runtime.ts';
import { executionName, noted } from '../schemas/values.ts';
import type { Examples } from './examples.ts';
import type { Link, Operation } from './operation.ts';
import { location } from './operation.ts';

/** Operations by path and method. */
export type Paths = Readonly<Record<string, Readonly<Partial<Record<'get' | 'post' | 'put' | 'delete', Operation>>>>>;

const name = () => z.string().check(z.regex(executionName));

export const orderIdInPath = z.object({
  orderid: noted(name(), { param: { description: 'The id that `POST /prod/order` returned.' } }),
});

const idempotencyKey = noted(z.optional(name()), {
  param: { description: 'Becomes the id of the order, so that repeating the request does not place a second order.' },
});

const state: Link = {
  operationId: 'getExecution',
  description: 'The state of the order.',
  parameters: { orderid: '$response.body#/orderid' },
};

/** The calls of the API, embedded and on AWS, under the stage `prod`. */
export const publicPaths = (examples: Examples): Paths => ({
  '/prod/order': {
    post: {
      id: 'placeOrder',
      summary: 'Place an order',
      description:
        'The order is stored before the answer and handled afterwards. Repeating key and body while the execution ' +
        'runs gets the first answer. API Gateway answers `OrderRejected` to every body that it refuses, without ' +
        '`issues`, and 429 to too many requests.',
      parameters: { header: z.object({ 'Idempotency-Key': idempotencyKey }) },
      body: { schema: orderRequest, example: examples.order },
      answer: {
        status: '202',
        description: 'The order is on its way.',
        schema: acceptedOrder,
        example: examples.accepted,
        headers: { Location: location },
        links: { state },
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
      id: 'getOrder',
      summary: 'Read the newest order of an account at a vendor',
      parameters: { query: z.object(queries.getOrder) },
      answer: {
        status: '200',
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
      problems: ['ParameterRejected', 'OrderNotFound', 'Unavailable'],
    },
  },
  '/prod/order/{orderid}': {
    get: {
      id: 'getExecution',
      summary: 'Read the state of an order',
      parameters: { path: orderIdInPath },
      answer: {
        status: '200',
        description: 'The state of its execution.',
        schema: orderState,
        example: examples.state,
      },
      problems: ['ExecutionNotFound', 'Unavailable'],
    },
  },
  '/prod/invoice': {
    get: {
      id: 'getInvoice',
      summary: 'Get a link to an invoice',
      parameters: { query: z.object(queries.getInvoice) },
      answer: { status: '200', description: 'The link.', schema: invoiceLink, example: examples.link },
      problems: ['ParameterRejected', 'InvoiceKeyRejected', 'InvoiceNotFound', 'Unavailable'],
    },
  },
});
