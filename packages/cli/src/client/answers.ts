import type { Notification, Order } from '@coffee/domain';

/** The answer to an order. */
export interface Accepted {
  readonly orderid: string;
  readonly executionArn?: string;
  /** Seconds since 1970 UTC. */
  readonly startDate: number;
}

/** The state of an order's execution. Dates are seconds since 1970 UTC. */
export interface ExecutionState {
  readonly orderid: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
}

/** One thing that happened in an execution. */
export interface HistoryEvent {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly type: string;
  readonly state?: string;
  readonly attempt?: number;
  readonly error?: string;
  readonly cause?: string;
  readonly output?: unknown;
}

/** The state and everything that happened; embedded servers only. */
export interface ExecutionDetails extends ExecutionState {
  readonly input: { readonly order: Order };
  readonly history: readonly HistoryEvent[];
}

/** A link to an invoice. */
export interface InvoiceLink {
  readonly objectKey: string;
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** A message in the mailbox of an embedded server. */
export interface Mail extends Notification {
  /** ISO 8601, UTC. */
  readonly sentAt: string;
}
