import { OrderRejected } from '@coffee/domain';
import * as z from 'zod/mini';

const callerSchema = z.strictObject({ kind: z.literal('anyone') });
const anyone: Caller = { kind: 'anyone' };

/** Who sent an order. */
export type Caller = Readonly<z.infer<typeof callerSchema>>;

/** The input of an execution. The execution's name is the order id. */
export interface OrderWorkflowInput {
  /** The body of `POST /order` as it was sent: `{ "order": … }` as JSON text. */
  readonly body: string;
  readonly caller: Caller;
}

/** The input of an execution that an earlier version started. */
export interface EarlierInput {
  readonly order: unknown;
}

/** The input of `task_put_item`. The definition of an earlier version passes the order instead of the execution's input. */
export type PutItemInput = {
  /** The name of the execution. */
  readonly orderid: string;
  /** When the execution started: UTC, ISO 8601 with milliseconds. */
  readonly acceptedAt: string;
} & ({ readonly input: OrderWorkflowInput | EarlierInput } | EarlierInput);

/** A caller of a kind that this version does not know. Retrying does not help; a later version may know it. */
export class CallerUnknown extends Error {
  override readonly name = 'CallerUnknown';
}

/** The JSON text of an execution's input, from a body as it was sent. */
export const inputOf = (body: string): string =>
  `{"body": ${JSON.stringify(body)}, "caller": ${JSON.stringify(anyone)}}`;

/** @throws SyntaxError for a body that is not JSON. */
function orderIn(input: unknown): unknown {
  const { body, order } = Object(input) as Partial<OrderWorkflowInput & EarlierInput>;
  return typeof body === 'string' ? (Object(JSON.parse(body)) as Partial<EarlierInput>).order : order;
}

/** The order in the JSON text of an execution's input, as it was sent; `undefined` where the input or its body is damaged. */
export function orderOf(input: string): unknown {
  try {
    return orderIn(JSON.parse(input));
  } catch {
    return undefined;
  }
}

/**
 * What `task_put_item` is asked to do.
 *
 * @throws OrderRejected for a body that is not JSON.
 * @throws CallerUnknown for a caller of any other kind than {@link Caller}, or none.
 */
export function readPutItemInput(event: PutItemInput): {
  readonly orderid: string;
  readonly acceptedAt: string;
  readonly order: unknown;
  readonly caller: Caller;
} {
  const { orderid, acceptedAt } = event;
  const input: object = Object('input' in event ? event.input : event);
  const { caller: given = 'order' in input ? anyone : undefined } = input as Partial<OrderWorkflowInput>;
  const caller = callerSchema.safeParse(given);
  if (!caller.success) throw new CallerUnknown('the caller in the input is of a kind that this version does not know');
  try {
    return { orderid, acceptedAt, order: orderIn(input), caller: caller.data };
  } catch {
    throw new OrderRejected([{ path: [], code: 'wrong_type', message: 'the body must be JSON' }]);
  }
}
