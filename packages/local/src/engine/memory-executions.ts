import type { Execution, ExecutionCounts, ExecutionEnd, ExecutionPage, ExecutionStatus } from './execution.ts';
import type { Executions } from './executions.ts';

/** Executions in memory, for tests. */
export class MemoryExecutions implements Executions {
  readonly #byId = new Map<string, Execution>();
  readonly #bySequence: string[] = [];

  async start(execution: { readonly orderid: string; readonly input: string; readonly startedAt: number }) {
    const present = this.#byId.get(execution.orderid);
    if (present !== undefined) return { started: false, execution: present };
    const sequence = this.#bySequence.push(execution.orderid);
    const started: Execution = { ...execution, status: 'RUNNING', history: [], sequence };
    this.#byId.set(execution.orderid, started);
    return { started: true, execution: started };
  }

  async end(execution: Execution, end: ExecutionEnd): Promise<void> {
    const { orderid, input, startedAt, sequence } = execution;
    this.#byId.set(orderid, { orderid, input, startedAt, sequence, ...end });
  }

  async redrive(orderid: string, at: number): Promise<Execution | undefined> {
    const present = this.#byId.get(orderid);
    if (present?.status !== 'FAILED') return undefined;
    const { stoppedAt: _stoppedAt, error: _error, cause: _cause, ...kept } = present;
    const history = [...present.history, { type: 'ExecutionRedriven', timestamp: at }];
    const redriven: Execution = { ...kept, status: 'RUNNING', history };
    this.#byId.set(orderid, redriven);
    return redriven;
  }

  async get(orderid: string): Promise<Execution | undefined> {
    return this.#byId.get(orderid);
  }

  async page(options: {
    readonly status?: ExecutionStatus;
    readonly limit: number;
    readonly before?: number;
  }): Promise<ExecutionPage> {
    const { status, limit, before = Number.MAX_SAFE_INTEGER } = options;
    const executions: Execution[] = [];
    for (let index = Math.min(before - 1, this.#bySequence.length) - 1; index >= 0; index -= 1) {
      const execution = this.#byId.get(this.#bySequence[index] ?? '');
      if (execution === undefined || (status !== undefined && execution.status !== status)) continue;
      if (executions.length === limit) return { executions, next: executions.at(-1)?.sequence ?? 0 };
      executions.push(execution);
    }
    return { executions };
  }

  async counts(): Promise<ExecutionCounts> {
    const counts = { RUNNING: 0, SUCCEEDED: 0, FAILED: 0 };
    for (const { status } of this.#byId.values()) counts[status] += 1;
    return counts;
  }
}
