import type { CallOptions } from './call.ts';
import type {
  ClaimedExecutions,
  ClaimQuery,
  Execution,
  ExecutionCounts,
  ExecutionEnd,
  ExecutionPage,
  ExecutionParties,
  ExecutionQuery,
  ExecutionStart,
  ParkedExecution,
} from './execution.ts';

/**
 * Keeps the executions of one workflow engine, and is its queue. On AWS, Step Functions does. A running execution either
 * waits until it is due, or is claimed: the engine runs it now.
 */
export interface Executions {
  /**
   * Starts an execution unless its order id is taken; then nothing changes, and it answers the existing one. Of
   * concurrent calls with the same order id, one starts. With `dueAt` it waits until then, otherwise it is claimed.
   *
   * @throws Unavailable when the effect is unknown; starting again is safe.
   */
  start(
    execution: ExecutionStart,
    options?: CallOptions,
  ): Promise<{ readonly started: boolean; readonly execution: Execution }>;

  /**
   * Claims executions that are due, the longest due first. One that cannot be read back ends `FAILED` with `Damaged`
   * instead.
   *
   * @throws Unavailable when the effect is unknown; `recover` makes due again what was claimed.
   */
  claim(query: ClaimQuery, options?: CallOptions): Promise<ClaimedExecutions>;

  /**
   * Keeps where a claimed execution resumes, and lets it wait.
   *
   * @throws Unavailable when the effect is unknown; parking again is safe while no one has claimed it.
   */
  park(execution: Execution, parked: ParkedExecution, options?: CallOptions): Promise<void>;

  /**
   * Records how an execution ended.
   *
   * @throws Unavailable when the effect is unknown; ending again is safe.
   */
  end(execution: Execution, end: ExecutionEnd, options?: CallOptions): Promise<void>;

  /**
   * Makes an execution due: a failed one runs again, with its history and its place, and one that waits does not wait any
   * longer. `undefined` when none of that id has failed or waits. Of concurrent calls, one redrives what has failed.
   *
   * @param at Milliseconds since 1970 UTC.
   * @throws Unavailable when the effect is unknown.
   */
  redrive(orderid: string, at: number, options?: CallOptions): Promise<Execution | undefined>;

  /**
   * Makes due every execution that is claimed, except those that the engine does run, and answers how many it found.
   *
   * @param running Order ids.
   * @param at Milliseconds since 1970 UTC.
   * @throws Unavailable when the effect is unknown; recovering again is safe.
   */
  recover(running: readonly string[], at: number, options?: CallOptions): Promise<number>;

  /**
   * The execution of an order, or `undefined`.
   *
   * @throws Damaged
   * @throws Unavailable
   */
  get(orderid: string, options?: CallOptions): Promise<Execution | undefined>;

  /**
   * A page of executions, newest first.
   *
   * @throws Unavailable
   */
  page(query?: ExecutionQuery, options?: CallOptions): Promise<ExecutionPage>;

  /**
   * Counts executions by status: all, or those of an account and a vendor.
   *
   * @throws Unavailable
   */
  counts(of?: ExecutionParties, options?: CallOptions): Promise<ExecutionCounts>;
}
