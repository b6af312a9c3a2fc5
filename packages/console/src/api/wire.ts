import type { Order } from '@coffee/domain';

/** How an execution stands, in the words of Step Functions. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED';

/** An execution in a list. Dates are seconds since 1970 UTC. */
export interface ExecutionSummary {
  readonly orderid: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
}

/** One event of an execution's history. */
export interface HistoryEvent {
  readonly id: number;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
  readonly type: string;
  readonly state?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** Which retry this is, from 1. */
  readonly attempt?: number;
}

/** One execution with its input and every event. */
export interface ExecutionDetail extends ExecutionSummary {
  readonly executionArn: string;
  readonly input: { readonly order: Order };
  readonly history: readonly HistoryEvent[];
}

/** An invoice in a list. */
export interface InvoiceSummary {
  readonly objectKey: string;
  readonly accountid: string;
  readonly period: { readonly year: number; readonly month: number };
  readonly currency: string;
  readonly lineCount: number;
  /** A decimal string with two places. */
  readonly total: string;
}

/** A signed link to an invoice. */
export interface InvoiceLink {
  readonly objectKey: string;
  readonly url: string;
  /** UTC, ISO 8601. */
  readonly expiresAt: string;
}

/** A mail in the mailbox. */
export interface Mail {
  /** The order id. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly attributes: {
    readonly eventtype: readonly string[];
    readonly accountid: string;
    readonly vendorid: string;
  };
  /** UTC, ISO 8601. */
  readonly sentAt: string;
}

/** How a port fails. */
export type FaultKind = 'before' | 'after' | 'slow';

/** A fault that is set on a method of a port. */
export interface Fault {
  readonly port: string;
  readonly method: string;
  readonly kind: FaultKind;
  readonly milliseconds?: number;
  readonly times: number | 'always';
}

/** The faults that are set, and what can be made to fail. */
export interface Faults {
  readonly targets: readonly { readonly port: string; readonly methods: readonly string[] }[];
  readonly faults: readonly Fault[];
}

/** What `POST /prod/order` answers. */
export interface OrderAccepted {
  readonly orderid: string;
  readonly executionArn: string;
  readonly startDate: number;
}

/** A page of a list as the console holds it; `next` is the cursor of the page after it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** One state of the state machine's definition, as far as the console reads it. */
export interface StateDefinition {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

/** The state machine, in Amazon States Language. */
export interface Workflow {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}
