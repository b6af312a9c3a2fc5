import * as z from 'zod/mini';
import { order } from './orders.ts';
import { nextNumber, noted, orderId, seconds, time } from './values.ts';

export const backup = noted(
  z.object({
    file: noted(z.string(), {
      description: 'An absolute path on the machine of the server, where there is no file yet.',
    }),
  }),
  { id: 'Backup' },
);
export const issuer = noted(
  z.object({
    issuer: z.optional(noted(z.string(), { description: 'The `iss` of the tokens, where discovery starts.' })),
    audience: z.optional(noted(z.string(), { description: 'The `aud` of the tokens.' })),
    clientid: z.optional(noted(z.string(), { description: 'What the console and the command line sign in as.' })),
  }),
  { id: 'Issuer', description: 'The issuer of tokens that the system trusts. Empty where the system is open.' },
);
export const health = noted(z.object({ status: z.literal('ok') }), { id: 'Health' });

const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED'] as const;
export const executionStatus = z.enum(statuses, `must be one of ${statuses.join(', ')}`);

const state = {
  orderid: orderId,
  status: executionStatus,
  startDate: seconds('When it started'),
  stopDate: z.optional(seconds('When it ended')),
  error: z.optional(noted(z.string(), { description: 'The name of the error it failed with.' })),
  message: z.optional(
    noted(z.string(), { description: 'Why the order is refused, when the error is `OrderRejected`.' }),
  ),
};

export const orderState = noted(z.object({ ...state, order: z.optional(order) }), {
  id: 'OrderState',
  description:
    "The state of an order's execution, and the order as it was sent, by which a client can tell whether it is its own.",
});

const cause = z.optional(
  noted(z.string(), { description: 'What the error says; for a task, JSON as Lambda reports it, without its trace.' }),
);

export const executionState = noted(z.object({ ...state, cause }), {
  id: 'ExecutionState',
  description: 'The state of an execution, for the person at this machine.',
});

export const executionPage = noted(
  z.object({
    executions: z.array(executionState),
    next: nextNumber,
    counts: noted(z.object({ RUNNING: z.int(), SUCCEEDED: z.int(), FAILED: z.int() }), {
      description: 'How many executions there are of each status.',
    }),
  }),
  { id: 'ExecutionPage', description: 'Executions, newest first.' },
);

export const historyEvent = noted(
  z.object({
    id: noted(z.int(), { description: 'Its number in the history, from 1.' }),
    timestamp: time('When it happened'),
    type: noted(z.string(), { description: 'What happened, like `StateEntered`.' }),
    state: z.optional(noted(z.string(), { description: 'The state it happened to.' })),
    output: z.optional(noted(z.unknown(), { description: 'The output of a state that changed it.' })),
    error: z.optional(z.string()),
    cause: z.optional(z.string()),
    attempt: z.optional(noted(z.int(), { description: 'Which attempt failed, or which retry begins, from 1.' })),
  }),
  { id: 'HistoryEvent', description: 'One event of an execution.' },
);

export const execution = noted(
  z.object({
    ...state,
    cause,
    executionArn: z.string(),
    input: noted(z.unknown(), {
      description: 'The input of the execution: the body of the request, as a string, and who sent it.',
    }),
    history: z.array(historyEvent),
  }),
  { id: 'Execution', description: 'An execution with its input and every event.' },
);

export const workflow = noted(
  z.looseObject({ StartAt: z.string(), States: z.record(z.string(), z.looseObject({ Type: z.string() })) }),
  { id: 'Workflow', description: 'The state machine in the Amazon States Language.' },
);

const mail = noted(
  z.object({
    id: orderId,
    subject: z.string(),
    text: z.string(),
    attributes: z.object({ eventtype: z.array(z.string()), accountid: z.string(), vendorid: z.string() }),
    sentAt: time('When it arrived'),
    sequence: noted(z.int(), { description: 'Its number in order of arrival, from 1.' }),
  }),
  { id: 'Mail', description: 'The message about an order.' },
);

export const mailPage = noted(z.object({ mails: z.array(mail), next: nextNumber }), {
  id: 'MailPage',
  description: 'Messages, newest first.',
});

/** The methods of each port that can be made to fail. */
export const portMethods = {
  OrderRepository: ['put', 'get'],
  InvoiceStore: ['add', 'get', 'prepare'],
  InvoiceLinks: ['link'],
  Notifier: ['publish'],
  NotificationLog: ['begin', 'finish', 'release'],
} as const;

/** The name of a port that can be made to fail. */
export type PortName = keyof typeof portMethods;

export const portNames = Object.keys(portMethods) as readonly PortName[];

const times = noted(z.union([z.int().check(z.gte(1), z.lte(1_000_000)), z.literal('always')]), {
  description: 'How many calls it affects.',
});

const milliseconds = noted(z.int().check(z.gte(1), z.lte(60_000)), { description: 'How much longer a call takes.' });

const faultsOf = (name: PortName) => {
  const call = { port: z.literal(name), method: z.enum(portMethods[name]) };
  return [
    z.strictObject({ ...call, kind: z.enum(['before', 'after']), times }),
    z.strictObject({ ...call, kind: z.literal('slow'), milliseconds, times }),
  ] as const;
};

export const fault = noted(z.union(portNames.flatMap(faultsOf)), {
  id: 'Fault',
  description: 'A way for a port to fail on purpose: before its effect, after it (the answer is lost), or slowly.',
});

export const faultList = noted(
  z.object({
    targets: z.array(z.object({ port: z.enum(portNames), methods: z.array(z.string()) })),
    faults: z.array(fault),
  }),
  { id: 'FaultList', description: 'What can be made to fail, and what does.' },
);

export type Issuer = z.infer<typeof issuer>;
export type ExecutionStatus = z.infer<typeof executionStatus>;
export type OrderState = z.infer<typeof orderState>;
export type ExecutionState = z.infer<typeof executionState>;
export type ExecutionPage = z.infer<typeof executionPage>;
export type HistoryEvent = z.infer<typeof historyEvent>;
export type Execution = z.infer<typeof execution>;
export type Workflow = z.infer<typeof workflow>;
export type Mail = z.infer<typeof mail>;
export type MailPage = z.infer<typeof mailPage>;
export type Fault = z.infer<typeof fault>;
export type FaultList = z.infer<typeof faultList>;
