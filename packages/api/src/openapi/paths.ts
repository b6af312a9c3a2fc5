import type { Menu } from '@coffee/domain';
import * as z from 'zod/mini';
import { queries } from '../queries.ts';
import {
  acceptedOrder,
  invoice,
  invoiceLink,
  invoicePage,
  menu as menuSchema,
  orderPage,
  orderRequest,
  placedOrder,
} from '../schemas/orders.ts';
import {
  backup,
  execution,
  executionPage,
  executionState,
  fault,
  faultList,
  health,
  issuer,
  mailPage,
  orderState,
  workflow,
} from '../schemas/runtime.ts';
import { executionName, identifier, noted } from '../schemas/values.ts';
import type { Examples } from './examples.ts';
import type { Operation } from './operation.ts';
import { body, del, get, json, location, post, put } from './operation.ts';

/** Operations by path and method. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  noted(schema, { param: { description } });
const name = () => z.string().check(z.regex(executionName));

const idempotencyKey = described(
  z.optional(name()),
  'Becomes the id of the order, so that repeating the request does not place a second order. May be written in quotes.',
);
const ofOrder = { path: z.object({ orderid: described(name(), 'The id that `POST /prod/order` returned.') }) };
const ofLink = {
  path: z.object({
    year: described(z.int().check(z.gte(1), z.lte(9999)), 'The year.'),
    month: described(z.int().check(z.gte(1), z.lte(12)), 'The month, not padded.'),
    accountid: described(identifier(), 'The account.'),
  }),
};
const byQuery = (name: keyof typeof queries) => ({ query: z.object(queries[name]) });

const state = {
  operationId: 'getExecution',
  description: 'The state of the order.',
  parameters: { orderid: '$response.body#/orderid' },
};
const invoiceOfOrder = {
  operationId: 'getInvoice',
  description: 'The invoice that the order is on.',
  parameters: { objectKey: '$response.body#/invoice' },
};

/** The calls of the API, embedded and on AWS, under the stage `prod`. */
export const publicPaths = (examples: Examples): Paths => ({
  '/prod/order': {
    ...post(
      'placeOrder',
      'Place an order',
      json('The order is on its way.', acceptedOrder, examples.accepted, {
        headers: { Location: location },
        links: { state },
      }),
      {
        description:
          'The order is stored before the answer and handled afterwards. Repeating key and body while the execution ' +
          'runs gets the first answer. API Gateway answers `OrderRejected` to every body that it refuses, without ' +
          '`issues`, and 429 to too many requests.',
        requestParams: { header: z.object({ 'Idempotency-Key': idempotencyKey }) },
        requestBody: body(orderRequest, examples.order),
        status: '202',
        problems: [
          ...(['OrderRejected', 'MalformedJson', 'IdempotencyKeyRejected', 'ExecutionAlreadyExists'] as const),
          'OrderForbidden',
          ...(['PayloadTooLarge', 'UnsupportedMediaType', 'Unavailable'] as const),
        ],
        problemExamples: { OrderRejected: examples.rejected },
      },
    ),
    ...get(
      'getOrder',
      'Read the newest order of an account at a vendor',
      json('The order.', placedOrder, examples.placed, { links: { state, invoice: invoiceOfOrder } }),
      { requestParams: byQuery('getOrder'), problems: ['ParameterRejected', 'OrderNotFound', 'Unavailable'] },
    ),
  },
  '/prod/order/{orderid}': get(
    'getExecution',
    'Read the state of an order',
    json('The state of its execution.', orderState, examples.state),
    { requestParams: ofOrder, problems: ['ExecutionNotFound', 'Unavailable'] },
  ),
  '/prod/invoice': get('getInvoice', 'Get a link to an invoice', json('The link.', invoiceLink, examples.link), {
    requestParams: byQuery('getInvoice'),
    problems: ['ParameterRejected', 'InvoiceKeyRejected', 'InvoiceNotFound', 'Unavailable'],
  }),
});

const events =
  'Server-sent events, from now on: `execution` with an ExecutionState when one starts, ends or is redriven; ' +
  '`history` with `{ orderid, event }`, a HistoryEvent, as states are entered, retried and left; `mail` with ' +
  '`{ id, subject, sentAt }`. A customer gets those of the orders that it has placed, a vendor none. A comment every 15 seconds keeps the connection. Nothing is sent again after a ' +
  'reconnect: read again what you show.';

/** The calls that only the embedded server has, at its root: what the console works with. */
export const embeddedPaths = (menu: Menu, examples: Examples): Paths => ({
  '/menu': get('getMenu', 'Read the menu', json('The menu.', menuSchema, menu)),
  '/issuer': get('getIssuer', 'Read how to sign in', json('Whose tokens are trusted.', issuer, examples.issuer), {
    isOpen: true,
  }),
  '/orders': get('listOrders', 'List orders', json('Orders, newest first.', orderPage, examples.orders), {
    requestParams: byQuery('listOrders'),
    problems: ['ParameterRejected', 'KeptElsewhere', 'Unavailable'],
  }),
  '/invoices': get(
    'listInvoices',
    'List invoices',
    json('Invoices, the newest month first, then by account.', invoicePage, examples.invoices),
    { requestParams: byQuery('listInvoices'), problems: ['ParameterRejected', 'KeptElsewhere', 'Unavailable'] },
  ),
  '/invoices/{year}/{month}/{accountid}': get(
    'openInvoiceLink',
    'Follow a signed link',
    json('The invoice, as a file to save.', invoice, examples.invoice, {
      headers: { 'Content-Disposition': { required: true, schema: { type: 'string' } } },
    }),
    {
      description: 'The query of the link, which is not described here, proves that the link is unchanged.',
      requestParams: ofLink,
      problems: ['LinkRejected', 'Unavailable'],
      isOpen: true,
    },
  ),
  '/mailbox': get('listMails', 'List messages', json('Messages, newest first.', mailPage, examples.mails), {
    description: 'All of them are for an operator. A customer and a vendor give an `orderid` of theirs.',
    requestParams: byQuery('listMails'),
    problems: ['ParameterRejected', 'OperatorRequired', 'Unavailable'],
  }),
  '/executions': get(
    'listExecutions',
    'List executions',
    json('Executions, newest first.', executionPage, examples.executions),
    { requestParams: byQuery('listExecutions'), problems: ['ParameterRejected', 'Unavailable'] },
  ),
  '/executions/{orderid}': get(
    'getExecutionHistory',
    'Read an execution with its input and history',
    json('The execution.', execution),
    { requestParams: ofOrder, problems: ['ExecutionNotFound', 'Unavailable'] },
  ),
  '/executions/{orderid}/redrive': post(
    'redriveExecution',
    'Redrive a failed execution',
    json('It runs again.', executionState, {
      orderid: examples.state.orderid,
      status: 'RUNNING',
      startDate: examples.state.startDate,
    }),
    {
      description: 'It goes on at the state that failed, with the input of that state.',
      requestParams: ofOrder,
      status: '202',
      problems: ['OriginRejected', 'OperatorRequired', 'ExecutionNotFound', 'ExecutionNotRedrivable', 'Unavailable'],
    },
  ),
  '/backup': post('backUp', 'Write a copy of the whole file while orders go on', json('The copy is written.', backup), {
    description: 'Asked by a loopback name only. The copy holds what was stored when it began, or more.',
    requestBody: body(backup, { file: '/var/backups/coffee.sqlite' }),
    problems: [
      ...(['BackupRejected', 'MalformedJson', 'OriginRejected', 'OperatorRequired', 'KeptElsewhere'] as const),
      ...(['PayloadTooLarge', 'UnsupportedMediaType'] as const),
    ],
  }),
  '/workflow': get('getWorkflow', 'Read the state machine', json('The file in the Amazon States Language.', workflow)),
  '/faults': {
    ...get('listFaults', 'List what fails on purpose', json('What can be made to fail, and what does.', faultList), {
      problems: ['OperatorRequired'],
    }),
    ...put('setFault', 'Make a port fail', json('What fails now.', faultList), {
      description: 'Replaces the fault of the same port and method.',
      requestBody: body(fault, examples.fault),
      problems: [
        ...(['FaultRejected', 'MalformedJson', 'OriginRejected', 'OperatorRequired'] as const),
        ...(['PayloadTooLarge', 'UnsupportedMediaType'] as const),
      ],
    }),
    ...del(
      'clearFaults',
      'Let everything work again',
      { description: 'Nothing fails on purpose.' },
      {
        status: '204',
        problems: ['OriginRejected', 'OperatorRequired'],
      },
    ),
  },
  '/events': get(
    'followEvents',
    'Follow what happens',
    { description: 'The events.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    { description: events, problems: ['OperatorRequired'] },
  ),
  '/healthz': get(
    'getHealth',
    'Ask whether the server is up',
    json('It is, and its store answers.', health, { status: 'ok' }),
    { problems: ['Unavailable'] },
  ),
});
