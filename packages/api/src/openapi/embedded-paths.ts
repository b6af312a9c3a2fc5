import type { Menu } from '@coffee/domain';
import * as z from 'zod/mini';
import { queries } from '../queries.ts';
import { invoice, invoicePage, menu as menuSchema, orderPage } from '../schemas/orders.ts';
import {
  backup,
  execution,
  executionPage,
  executionState,
  fault,
  faultList,
  health,
  mailPage,
  workflow,
} from '../schemas/runtime.ts';
import { identifier, noted } from '../schemas/values.ts';
import type { Examples } from './examples.ts';
import type { Operation } from './operation.ts';
import type { Paths } from './public-paths.ts';
import { orderIdInPath } from './public-paths.ts';

const listProblems = ['ParameterRejected', 'KeptElsewhere', 'Unavailable'] as const;

const inPath = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  noted(schema, { param: { description } });

const linkPath = z.object({
  year: inPath(z.int().check(z.gte(1), z.lte(9999)), 'The year.'),
  month: inPath(z.int().check(z.gte(1), z.lte(12)), 'The month, not padded.'),
  accountid: inPath(identifier(), 'The account.'),
});

const events: Operation = {
  id: 'followEvents',
  summary: 'Follow what happens',
  description:
    'Server-sent events, from now on: `execution` with an ExecutionState when one starts, ends or is redriven; ' +
    '`history` with `{ orderid, event }`, a HistoryEvent, as states are entered, retried and left; `mail` with ' +
    '`{ id, subject, sentAt }`. A comment every 15 seconds keeps the connection. Nothing is sent again after a ' +
    'reconnect: read again what you show.',
  answer: { status: '200', description: 'The events.', mediaType: 'text/event-stream' },
  problems: [],
};

const faults = (example: unknown): Paths[string] => ({
  get: {
    id: 'listFaults',
    summary: 'List what fails on purpose',
    answer: { status: '200', description: 'What can be made to fail, and what does.', schema: faultList },
    problems: [],
  },
  put: {
    id: 'setFault',
    summary: 'Make a port fail',
    description: 'Replaces the fault of the same port and method.',
    body: { schema: fault, example },
    answer: { status: '200', description: 'What fails now.', schema: faultList },
    problems: ['FaultRejected', 'MalformedJson', 'OriginRejected', 'PayloadTooLarge', 'UnsupportedMediaType'],
  },
  delete: {
    id: 'clearFaults',
    summary: 'Let everything work again',
    answer: { status: '204', description: 'Nothing fails on purpose.' },
    problems: ['OriginRejected'],
  },
});

/** The calls that only the embedded server has, at its root: what the console works with. */
export const embeddedPaths = (menu: Menu, examples: Examples): Paths => ({
  '/menu': {
    get: {
      id: 'getMenu',
      summary: 'Read the menu',
      answer: { status: '200', description: 'The menu.', schema: menuSchema, example: menu },
      problems: [],
    },
  },
  '/orders': {
    get: {
      id: 'listOrders',
      summary: 'List orders',
      parameters: { query: z.object(queries.listOrders) },
      answer: { status: '200', description: 'Orders, newest first.', schema: orderPage, example: examples.orders },
      problems: listProblems,
    },
  },
  '/invoices': {
    get: {
      id: 'listInvoices',
      summary: 'List invoices',
      parameters: { query: z.object(queries.listInvoices) },
      answer: {
        status: '200',
        description: 'Invoices, the newest month first, then by account.',
        schema: invoicePage,
        example: examples.invoices,
      },
      problems: listProblems,
    },
  },
  '/invoices/{year}/{month}/{accountid}': {
    get: {
      id: 'openInvoiceLink',
      summary: 'Follow a signed link',
      description: 'The query of the link, which is not described here, proves that the link is unchanged.',
      parameters: { path: linkPath },
      answer: {
        status: '200',
        description: 'The invoice, as a file to save.',
        schema: invoice,
        example: examples.invoice,
        headers: { 'Content-Disposition': { required: true, schema: { type: 'string' } } },
      },
      problems: ['LinkRejected', 'Unavailable'],
    },
  },
  '/mailbox': {
    get: {
      id: 'listMails',
      summary: 'List messages',
      parameters: { query: z.object(queries.listMails) },
      answer: { status: '200', description: 'Messages, newest first.', schema: mailPage, example: examples.mails },
      problems: ['ParameterRejected', 'Unavailable'],
    },
  },
  '/executions': {
    get: {
      id: 'listExecutions',
      summary: 'List executions',
      parameters: { query: z.object(queries.listExecutions) },
      answer: {
        status: '200',
        description: 'Executions, newest first.',
        schema: executionPage,
        example: examples.executions,
      },
      problems: ['ParameterRejected', 'Unavailable'],
    },
  },
  '/executions/{orderid}': {
    get: {
      id: 'getExecutionHistory',
      summary: 'Read an execution with its input and history',
      parameters: { path: orderIdInPath },
      answer: { status: '200', description: 'The execution.', schema: execution },
      problems: ['ExecutionNotFound', 'Unavailable'],
    },
  },
  '/executions/{orderid}/redrive': {
    post: {
      id: 'redriveExecution',
      summary: 'Redrive a failed execution',
      description: 'It goes on at the state that failed, with the input of that state.',
      parameters: { path: orderIdInPath },
      answer: {
        status: '202',
        description: 'It runs again.',
        schema: executionState,
        example: { orderid: examples.state.orderid, status: 'RUNNING', startDate: examples.state.startDate },
      },
      problems: ['OriginRejected', 'ExecutionNotFound', 'ExecutionNotRedrivable', 'Unavailable'],
    },
  },
  '/backup': {
    post: {
      id: 'backUp',
      summary: 'Write a copy of the whole file while orders go on',
      description: 'Asked by a loopback name only. The copy holds what was stored when it began, or more.',
      body: { schema: backup, example: { file: '/var/backups/coffee.sqlite' } },
      answer: { status: '200', description: 'The copy is written.', schema: backup },
      problems: [
        ...(['BackupRejected', 'MalformedJson', 'OriginRejected', 'KeptElsewhere'] as const),
        ...(['PayloadTooLarge', 'UnsupportedMediaType'] as const),
      ],
    },
  },
  '/workflow': {
    get: {
      id: 'getWorkflow',
      summary: 'Read the state machine',
      answer: { status: '200', description: 'The file in the Amazon States Language.', schema: workflow },
      problems: [],
    },
  },
  '/faults': faults(examples.fault),
  '/events': { get: events },
  '/healthz': {
    get: {
      id: 'getHealth',
      summary: 'Ask whether the server is up',
      answer: {
        status: '200',
        description: 'It is, and its store answers.',
        schema: health,
        example: { status: 'ok' },
      },
      problems: ['Unavailable'],
    },
  },
});
