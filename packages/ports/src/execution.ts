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

/** Where a redriven execution resumes: the state that failed, and its input. */
export interface ResumePoint {
  readonly state: string;
  readonly input: unknown;
}

/** One run of the state machine for one order. Times are milliseconds since 1970 UTC. */
export interface Execution {
  readonly orderid: string;
  /** The JSON text of the input: `{"order":…}`. */
  readonly input: string;
  readonly startedAt: number;
  readonly status: ExecutionStatus;
  readonly stoppedAt?: number;
  readonly error?: string;
  readonly cause?: string;
  readonly resume?: ResumePoint;
  readonly history: readonly HistoryEvent[];
  /** Its number in order of arrival. */
  readonly sequence: number;
}

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly stoppedAt: number;
  readonly error?: string;
  readonly cause?: string;
  readonly resume?: ResumePoint;
  readonly history: readonly HistoryEvent[];
}

/** Selects executions of a status, or all: at most `limit` (100 by default), older than `before`. */
export interface ExecutionQuery {
  readonly status?: ExecutionStatus | undefined;
  readonly limit?: number | undefined;
  readonly before?: number | undefined;
}

/** Executions, newest first. `next` is the `before` of the next page, when there is one. */
export interface ExecutionPage {
  readonly executions: readonly Execution[];
  readonly next?: number;
}

/** How many executions are in each state. */
export type ExecutionCounts = Readonly<Record<ExecutionStatus, number>>;
