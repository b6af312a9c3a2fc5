import type {
  CallOptions,
  ClaimedExecutions,
  ClaimQuery,
  Execution,
  ExecutionCounts,
  ExecutionEnd,
  ExecutionPage,
  ExecutionParties,
  ExecutionQuery,
  ExecutionStart,
  Executions,
  ParkedExecution,
} from '@coffee/ports';
import { abortable } from '@coffee/ports';
import { copyOf, pageOf } from './copy.ts';

/** Executions in memory. */
export class MemoryExecutions implements Executions {
  readonly #executions = new Map<string, Execution>();
  readonly #parties = new Map<string, ExecutionParties>();
  /** Those that wait, by order id. A claim looks at no other. */
  readonly #waiting = new Map<string, Execution & { readonly dueAt: number }>();

  start({ accountid, vendorid, ...execution }: ExecutionStart, options: CallOptions = {}) {
    return abortable(options, async () => {
      const present = this.#executions.get(execution.orderid);
      if (present !== undefined) return { started: false, execution: copyOf(present) };
      const sequence = this.#executions.size + 1;
      const started: Execution = { ...copyOf(execution), status: 'RUNNING', history: [], sequence };
      this.#parties.set(execution.orderid, { accountid, vendorid });
      this.#keep(started);
      return { started: true, execution: copyOf(started) };
    });
  }

  claim({ at, limit, except = [] }: ClaimQuery, options: CallOptions = {}): Promise<ClaimedExecutions> {
    return abortable(options, async () => {
      const waiting = [...this.#waiting.values()]
        .filter(({ resume }) => !except.includes(resume?.state ?? ''))
        .sort((one, other) => one.dueAt - other.dueAt || one.sequence - other.sequence);
      const due = waiting.filter(({ dueAt }) => dueAt <= at).slice(0, limit);
      const executions = due.map(({ dueAt: _, ...claimed }): Execution => claimed);
      for (const execution of executions) this.#keep(execution);
      const next = waiting[due.length];
      return { executions: copyOf(executions), ...(next === undefined ? {} : { next: next.dueAt }) };
    });
  }

  park({ orderid }: Execution, parked: ParkedExecution, options: CallOptions = {}): Promise<void> {
    return abortable(options, async () => {
      const present = this.#executions.get(orderid);
      if (present?.status === 'RUNNING') this.#keep({ ...present, ...copyOf(parked) });
    });
  }

  end({ orderid }: Execution, end: ExecutionEnd, options: CallOptions = {}): Promise<void> {
    return abortable(options, async () => {
      const present = this.#executions.get(orderid);
      if (present === undefined) return;
      const { input, startedAt, sequence } = present;
      this.#keep({ orderid, input, startedAt, sequence, ...copyOf(end) });
    });
  }

  redrive(orderid: string, at: number, options: CallOptions = {}): Promise<Execution | undefined> {
    return abortable(options, async () => {
      const present = this.#executions.get(orderid);
      const waits = present?.dueAt !== undefined;
      if (present === undefined || !(present.status === 'FAILED' || waits)) return undefined;
      const { stoppedAt: _stoppedAt, error: _error, cause: _cause, history, ...kept } = present;
      const redriven = { type: 'ExecutionRedriven', timestamp: at };
      const due = waits
        ? { ...present, dueAt: Math.min(present.dueAt, at) }
        : { ...kept, status: 'RUNNING' as const, history: [...history, redriven], dueAt: at };
      this.#keep(due);
      return copyOf(due);
    });
  }

  recover(running: readonly string[], at: number, options: CallOptions = {}): Promise<number> {
    return abortable(options, async () => {
      const claimed = [...this.#executions.values()].filter(
        ({ orderid, status, dueAt }) => status === 'RUNNING' && dueAt === undefined && !running.includes(orderid),
      );
      for (const execution of claimed) this.#keep({ ...execution, dueAt: at });
      return claimed.length;
    });
  }

  get(orderid: string, options: CallOptions = {}): Promise<Execution | undefined> {
    return abortable(options, async () => copyOf(this.#executions.get(orderid)));
  }

  page(query: ExecutionQuery = {}, options: CallOptions = {}): Promise<ExecutionPage> {
    const { limit = 100, before = Number.POSITIVE_INFINITY } = query;
    return abortable(options, async () => {
      const found = [...this.#executions.values()]
        .filter((execution) => execution.sequence < before && this.#isWanted(execution, query))
        .slice(-limit - 1)
        .reverse();
      const { items, ...next } = pageOf(found, limit, ({ sequence }) => sequence);
      const executions = items.map(({ input: _input, resume: _resume, history: _history, cause, ...summary }) =>
        cause === undefined ? summary : { ...summary, cause: [...cause].slice(0, 2000).join('') },
      );
      return { executions, ...next };
    });
  }

  counts(of: ExecutionParties = {}, options: CallOptions = {}): Promise<ExecutionCounts> {
    return abortable(options, async () => {
      const counts = { RUNNING: 0, SUCCEEDED: 0, FAILED: 0 };
      for (const execution of this.#executions.values())
        if (this.#isWanted(execution, of)) counts[execution.status] += 1;
      return counts;
    });
  }

  #isWanted({ orderid, status }: Execution, query: ExecutionQuery): boolean {
    const { accountid, vendorid } = this.#parties.get(orderid) ?? {};
    return (
      (query.status ?? status) === status &&
      (query.accountid ?? accountid) === accountid &&
      (query.vendorid ?? vendorid) === vendorid
    );
  }

  #keep(execution: Execution): void {
    const { orderid, dueAt } = execution;
    this.#executions.set(orderid, execution);
    if (dueAt === undefined) this.#waiting.delete(orderid);
    else this.#waiting.set(orderid, { ...execution, dueAt });
  }
}
