import * as z from 'zod/mini';
import { noted } from './schema-registry.ts';

const issue = noted(
  z.object({
    path: noted(z.array(z.union([z.string(), z.int()])), {
      description: 'Where: the keys from the body or query inward.',
    }),
    code: noted(z.string(), { description: 'Which rule, like `wrong_price`.' }),
    message: z.string(),
  }),
  { id: 'Issue', description: 'One broken rule.' },
);

export const problem = noted(
  z.object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: noted(z.string(), { description: 'What went wrong, for programs.' }),
    issues: z.optional(z.array(issue)),
  }),
  { id: 'Problem', description: 'An error as RFC 9457 writes it, with a stable `code`.' },
);

/** Each code that a problem can have, its status, and when it is answered. */
export const problems = {
  OrderRejected: [400, 'the body or its order breaks a rule; `issues` lists every one'],
  MalformedJson: [400, 'the body is not JSON in UTF-8'],
  IdempotencyKeyRejected: [400, 'the Idempotency-Key is not 1 to 80 of `A-Z a-z 0-9 _ -`'],
  ParameterRejected: [400, 'a parameter is missing, repeated or breaks a rule'],
  InvoiceKeyRejected: [400, 'the objectKey is not `year/month/accountid`'],
  FaultRejected: [400, 'the fault breaks a rule'],
  LinkRejected: [403, 'the link has expired, was changed, or leads to no invoice'],
  OriginRejected: [403, 'the request comes from a page of another origin'],
  OrderNotFound: [404, 'there is no such order'],
  InvoiceNotFound: [404, 'there is no such invoice'],
  ExecutionNotFound: [404, 'there is no such execution'],
  ExecutionAlreadyExists: [409, 'the Idempotency-Key is that of an execution that has ended or has another body'],
  ExecutionNotRedrivable: [409, 'the execution has not failed'],
  PayloadTooLarge: [413, 'the body is larger than 262144 bytes'],
  UnsupportedMediaType: [415, 'the content type is not application/json'],
  KeptElsewhere: [501, 'orders and invoices are kept on AWS, and are not browsed from here'],
  InternalError: [500, 'a defect; the log of the process has the details'],
  Unavailable: [503, 'a store did not answer; the same request can be sent again'],
} as const satisfies Readonly<Record<string, readonly [status: number, when: string]>>;

export type ProblemCode = keyof typeof problems;
