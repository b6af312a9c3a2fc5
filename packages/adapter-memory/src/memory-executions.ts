import type {
  CallOptions,
  Execution,
  ExecutionCounts,
  ExecutionEnd,
  ExecutionPage,
  ExecutionQuery,
  Executions,
} from '@coffee/ports';
import { abortable } from '@coffee/ports';
import { copyOf, pageOf } from './copy.ts';

/** Executions in memory. */
export class MemoryExecutions implements Executions {
  readonly #executions = new Map<string, Execution>();

  start(execution: Pick<Execution, 'orderid' | 'input' | 'startedAt'>, options: CallOptions = {}) {
    return abortable(options, async () => {
      const { orderid, input, startedAt } = execution;
      const present = this.#executions.get(orderid);
      if (present !== undefined) return { started: false, execution: copyOf(present) };
      const sequence = this.#executions.size + 1;
      const started: Execution = { orderid, input, startedAt, status: 'RUNNING', history: [], sequence };
      this.#executions.set(orderid, copyOf(started));
      return { started: true, execution: started };
    });
  }

  end({ orderid }: Execution, end: ExecutionEnd, options: CallOptions = {}): Promise<void> {
    return abortable(options, async () => {
      const present = this.#executions.get(orderid);
      if (present === undefined) return;
      const { input, startedAt, sequence } = present;
      this.#executions.set(orderid, { orderid, input, startedAt, sequence, ...copyOf(end) });
    });
  }

  redrive(orderid: string, at: number, options: CallOptions = {}): Promise<Execution | undefined> {
    return abortable(options, async () => {
      const present = this.#executions.get(orderid);
      if (present?.status !== 'FAILED') return undefined;
      const { stoppedAt: _stoppedAt, error: _error, cause: _cause, ...kept } = present;
      const history = [...present.history, { type: 'ExecutionRedriven', timestamp: at }];
      const redriven: Execution = { ...kept, status: 'RUNNING', history };
      this.#executions.set(orderid, redriven);
      return copyOf(redriven);
    });
  }

  get(orderid: string, options: CallOptions = {}): Promise<Execution | undefined> {
    return abortable(options, async () => copyOf(this.#executions.get(orderid)));
  }

  page(query: ExecutionQuery = {}, options: CallOptions = {}): Promise<ExecutionPage> {
    const { status, limit = 100, before = Number.POSITIVE_INFINITY } = query;
    return abortable(options, async () => {
      const found = [...this.#executions.values()]
        .filter((execution) => execution.sequence < before && (status === undefined || execution.status === status))
        .slice(-limit - 1)
        .reverse();
      const { items, ...next } = pageOf(found, limit, ({ sequence }) => sequence);
      return { executions: copyOf(items), ...next };
    });
  }

  counts(options: CallOptions = {}): Promise<ExecutionCounts> {
    return abortable(options, async () => {
      const counts = { RUNNING: 0, SUCCEEDED: 0, FAILED: 0 };
      for (const { status } of this.#executions.values()) counts[status] += 1;
      return counts;
    });
  }
}
