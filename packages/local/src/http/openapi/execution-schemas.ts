import * as z from 'zod/mini';
import { noted } from './schema-registry.ts';
import { nextNumber, orderId, seconds, time } from './value-schemas.ts';

export const executionStatus = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED']);

const state = {
  orderid: orderId,
  status: executionStatus,
  startDate: seconds('When it started'),
  stopDate: z.optional(seconds('When it ended')),
  error: z.optional(noted(z.string(), { description: 'The name of the error it failed with.' })),
  cause: z.optional(noted(z.string(), { description: 'What the error says; of a task, JSON as Lambda reports it.' })),
};

export const executionState = noted(z.object(state), {
  id: 'ExecutionState',
  description: "How an order's execution stands.",
});

export const executionPage = noted(
  z.object({
    executions: z.array(executionState),
    next: nextNumber,
    counts: noted(z.record(executionStatus, z.int()), { description: 'How many executions stand how, in all.' }),
  }),
  { id: 'ExecutionPage', description: 'Executions, newest first.' },
);

const historyEvent = noted(
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
    executionArn: z.string(),
    input: noted(z.unknown(), { description: 'The input of the execution, `{"order": …}`.' }),
    history: z.array(historyEvent),
  }),
  { id: 'Execution', description: 'An execution with its input and every event.' },
);

export const workflow = noted(
  z.looseObject({ StartAt: z.string(), States: z.record(z.string(), z.looseObject({ Type: z.string() })) }),
  { id: 'Workflow', description: 'The state machine in the Amazon States Language.' },
);
