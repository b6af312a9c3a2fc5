import type { Menu } from '@coffee/domain';
import { orderSchema } from './component-schemas.ts';
import { fault, faultList, health, mailPage } from './console-schemas.ts';
import type { Examples } from './examples.ts';
import { execution, executionPage, executionState, executionStatus, workflow } from './execution-schemas.ts';
import type { Parameter } from './operation.ts';
import { invoice, invoicePage, menu as menuSchema, orderPage } from './order-schemas.ts';
import { before, limit, numberedPages, objectKeySchema, orderIdInPath } from './parameters.ts';
import type { Paths } from './public-paths.ts';

/** An order's place in the order of acceptance: the `next` of a page of orders. */
const orderPosition = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z~[0-9A-Za-z_-]{1,80}$';

const month: Parameter = {
  name: 'month',
  in: 'query',
  description: 'Of this month, not padded.',
  schema: { type: 'integer', minimum: 1, maximum: 12 },
};
const year: Parameter = {
  name: 'year',
  in: 'query',
  description: 'Of this year.',
  schema: { type: 'integer', minimum: 1, maximum: 9999 },
};

/** The calls that only the embedded server has, at its root: what the console works with. */
export function embeddedPaths(menu: Menu, examples: Examples): Paths {
  const { properties } = orderSchema(menu);
  const only = (name: 'accountid' | 'vendorid'): Parameter => ({
    name,
    in: 'query',
    description: `Only of this \`${name}\`.`,
    schema: properties[name] ?? {},
  });
  return {
    '/menu': {
      get: {
        operationId: 'getMenu',
        summary: 'Read the menu',
        answers: { 200: { description: 'The menu.', schema: menuSchema, example: menu } },
        problems: [],
      },
    },
    '/orders': {
      get: {
        operationId: 'listOrders',
        summary: 'List orders',
        parameters: [only('accountid'), only('vendorid'), limit, before({ type: 'string', pattern: orderPosition })],
        answers: { 200: { description: 'Orders, newest first.', schema: orderPage, example: examples.orders } },
        problems: ['ParameterRejected', 'KeptElsewhere', 'Unavailable'],
      },
    },
    '/invoices': {
      get: {
        operationId: 'listInvoices',
        summary: 'List invoices',
        parameters: [year, month, only('accountid'), limit, before(objectKeySchema(properties.accountid))],
        answers: {
          200: {
            description: 'Invoices, the newest month first, then by account.',
            schema: invoicePage,
            example: examples.invoices,
          },
        },
        problems: ['ParameterRejected', 'KeptElsewhere', 'Unavailable'],
      },
    },
    '/invoices/{year}/{month}/{accountid}': {
      get: {
        operationId: 'openInvoiceLink',
        summary: 'Follow a signed link',
        description: 'The query of the link, which is not described here, proves that the link is unchanged.',
        parameters: [
          { ...year, in: 'path', required: true, description: 'The year.' },
          { ...month, in: 'path', required: true, description: 'The month, not padded.' },
          { ...only('accountid'), in: 'path', required: true, description: 'The account.' },
        ],
        answers: {
          200: {
            description: 'The invoice, as a file to be saved.',
            schema: invoice,
            example: examples.invoice,
            headers: { 'Content-Disposition': { required: true, schema: { type: 'string' } } },
          },
        },
        problems: ['LinkRejected', 'Unavailable'],
      },
    },
    '/mailbox': {
      get: {
        operationId: 'listMails',
        summary: 'List mails',
        parameters: [
          {
            ...orderIdInPath,
            in: 'query',
            required: false,
            description: 'Only that about this order.',
            schema: { type: 'string' },
          },
          ...numberedPages,
        ],
        answers: { 200: { description: 'Mails, newest first.', schema: mailPage, example: examples.mails } },
        problems: ['ParameterRejected', 'Unavailable'],
      },
    },
    '/executions': {
      get: {
        operationId: 'listExecutions',
        summary: 'List executions',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: 'Only with this status.',
            schema: { type: 'string', enum: executionStatus.options },
          },
          ...numberedPages,
        ],
        answers: {
          200: { description: 'Executions, newest first.', schema: executionPage, example: examples.executions },
        },
        problems: ['ParameterRejected', 'Unavailable'],
      },
    },
    '/executions/{orderid}': {
      get: {
        operationId: 'getExecutionHistory',
        summary: 'Read an execution with its input and history',
        parameters: [orderIdInPath],
        answers: { 200: { description: 'The execution.', schema: execution } },
        problems: ['ExecutionNotFound', 'Unavailable'],
      },
    },
    '/executions/{orderid}/redrive': {
      post: {
        operationId: 'redriveExecution',
        summary: 'Redrive a failed execution',
        description: 'It goes on at the state that failed, with the input of that state.',
        parameters: [orderIdInPath],
        answers: {
          202: {
            description: 'It runs again.',
            schema: executionState,
            example: { ...examples.state, status: 'RUNNING', stopDate: undefined },
          },
        },
        problems: ['OriginRejected', 'ExecutionNotFound', 'ExecutionNotRedrivable', 'Unavailable'],
      },
    },
    '/workflow': {
      get: {
        operationId: 'getWorkflow',
        summary: 'Read the state machine',
        answers: { 200: { description: 'The file in the Amazon States Language.', schema: workflow } },
        problems: [],
      },
    },
    '/faults': {
      get: {
        operationId: 'listFaults',
        summary: 'List what fails on purpose',
        answers: { 200: { description: 'What can be made to fail, and what does.', schema: faultList } },
        problems: [],
      },
      put: {
        operationId: 'setFault',
        summary: 'Make a port fail',
        description: 'Replaces the fault of the same port and method.',
        body: { schema: fault, example: examples.fault },
        answers: { 200: { description: 'What fails now.', schema: faultList } },
        problems: ['FaultRejected', 'MalformedJson', 'OriginRejected', 'PayloadTooLarge', 'UnsupportedMediaType'],
      },
      delete: {
        operationId: 'clearFaults',
        summary: 'Let everything work again',
        answers: { 204: { description: 'Nothing fails on purpose.' } },
        problems: ['OriginRejected'],
      },
    },
    '/events': {
      get: {
        operationId: 'followEvents',
        summary: 'Follow what happens',
        description:
          'Server-sent events, from now on: `execution` with an ExecutionState when one starts, ends or is redriven; ' +
          '`history` with `{ orderid, event }`, a HistoryEvent, as states are entered, retried and left; `mail` with ' +
          '`{ id, subject, sentAt }`. A comment every 15 seconds keeps the connection. Nothing is sent again after a ' +
          'reconnect: read anew what you show.',
        answers: { 200: { description: 'The events.', mediaType: 'text/event-stream' } },
        problems: [],
      },
    },
    '/healthz': {
      get: {
        operationId: 'getHealth',
        summary: 'Ask whether the server is up',
        answers: { 200: { description: 'It is.', schema: health, example: { status: 'ok' } } },
        problems: [],
      },
    },
  };
}
