/** The state of an execution, in the words of Step Functions. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED';

/**
 * One event of an execution. Every payload is kept once: the input in `ExecutionStarted`, then the output of each state
 * that changed it, which is the input of the next.
 */
export interface HistoryEvent {
  readonly type: string;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly state?: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** For `StateFailed`, which attempt at the task failed; for `StateRetried`, which retry starts. Both count from 1. */
  readonly attempt?: number;
}

/** Where an execution resumes: a state, and its input. */
export interface ResumePoint {
  readonly state: string;
  readonly input: unknown;
  /** How many attempts at the state have failed. */
  readonly attempts?: number;
  /** How often each retrier of the state has been used, in the order of the definition. */
  readonly retries?: readonly number[];
  /** Whether the state only waited for its time: a `Wait` state that is over when the execution resumes. */
  readonly waited?: boolean;
}

/** An execution as a list shows it. Times are milliseconds since 1970 UTC. */
export interface ExecutionSummary {
  readonly orderid: string;
  readonly startedAt: number;
  readonly status: ExecutionStatus;
  /** While it waits for its turn or for a retry: when it is due. */
  readonly dueAt?: number;
  readonly stoppedAt?: number;
  readonly error?: string;
  /** In a list, at most its first 2,000 characters. */
  readonly cause?: string;
  /** Its number in order of arrival. */
  readonly sequence: number;
}

/** One run of the state machine for one order. */
export interface Execution extends ExecutionSummary {
  /** The JSON text of the input. */
  readonly input: string;
  readonly resume?: ResumePoint;
  readonly history: readonly HistoryEvent[];
}

/** Whose order an execution is about, so that a list can be limited to it. */
export interface ExecutionParties {
  readonly accountid?: string | undefined;
  readonly vendorid?: string | undefined;
}

/** What an execution starts with. */
export type ExecutionStart = Pick<Execution, 'orderid' | 'input' | 'startedAt' | 'dueAt'> & ExecutionParties;

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly stoppedAt: number;
  readonly error?: string;
  readonly cause?: string;
  readonly resume?: ResumePoint;
  readonly history: readonly HistoryEvent[];
}

/** What an execution that waits is resumed from, and when. */
export type ParkedExecution = Required<Pick<Execution, 'resume' | 'history' | 'dueAt'>>;

/** Selects executions of a status, an account and a vendor, or all: at most `limit` (100 by default), older than `before`. */
export interface ExecutionQuery extends ExecutionParties {
  readonly status?: ExecutionStatus | undefined;
  readonly limit?: number | undefined;
  readonly before?: number | undefined;
}

/** Executions, newest first. `next` is the `before` of the next page, when there is one. */
export interface ExecutionPage {
  readonly executions: readonly ExecutionSummary[];
  readonly next?: number;
}

/** Which executions to claim: at most `limit` of those due at `at`, except those that resume at one of these states. */
export interface ClaimQuery {
  readonly at: number;
  readonly limit: number;
  readonly except?: readonly string[];
}

/** The executions claimed, and when the next one is due, if any other waits outside the excepted states. */
export interface ClaimedExecutions {
  readonly executions: readonly Execution[];
  readonly next?: number;
}

/** How many executions are in each state. */
export type ExecutionCounts = Readonly<Record<ExecutionStatus, number>>;
