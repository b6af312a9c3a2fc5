import type { Execution, ExecutionCounts, ExecutionEnd, ExecutionPage, ExecutionStatus } from './execution.ts';

/** Keeps the executions of the embedded engine. Not a port: on AWS, Step Functions keeps them. */
export interface Executions {
  /** Starts an execution unless its order id is taken; then nothing changes and the present one is answered. */
  start(execution: {
    readonly orderid: string;
    readonly input: string;
    readonly startedAt: number;
  }): Promise<{ readonly started: boolean; readonly execution: Execution }>;

  end(execution: Execution, end: ExecutionEnd): Promise<void>;

  /** Sets a failed execution running again, its history kept; `undefined` when there is none that has failed. */
  redrive(orderid: string, at: number): Promise<Execution | undefined>;

  get(orderid: string): Promise<Execution | undefined>;

  page(options: {
    readonly status?: ExecutionStatus;
    readonly limit: number;
    readonly before?: number;
  }): Promise<ExecutionPage>;

  /** Counts all of them by status. */
  counts(): Promise<ExecutionCounts>;
}
