import type {
  CallOptions,
  Execution,
  ExecutionCounts,
  ExecutionEnd,
  ExecutionPage,
  ExecutionQuery,
  ExecutionStatus,
  Executions,
  HistoryEvent,
} from '@coffee/ports';
import { readBack } from '@coffee/ports';
import type { Row } from './protocol.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const columns = 'sequence, orderid, input, started_at, status, ended';
const insert = `
INSERT INTO executions (orderid, input, started_at, status) VALUES (?, ?, ?, 'RUNNING')
ON CONFLICT DO NOTHING RETURNING sequence`;
const update = 'UPDATE executions SET status = ?, ended = ? WHERE sequence = ?';
const rerun = "UPDATE executions SET status = 'RUNNING', ended = ? WHERE sequence = ? AND status = 'FAILED'";
const selectOne = `SELECT ${columns} FROM executions WHERE orderid = ?`;
const selectPage = (where: string) =>
  `SELECT ${columns} FROM executions WHERE ${where} sequence < ? ORDER BY sequence DESC LIMIT ?`;
// Literal values let SQLite use the partial indexes.
const pages: Readonly<Record<ExecutionStatus | 'any', string>> = {
  any: selectPage(''),
  RUNNING: selectPage("status = 'RUNNING' AND"),
  FAILED: selectPage("status = 'FAILED' AND"),
  SUCCEEDED: selectPage("status = 'SUCCEEDED' AND"),
};

// No row is ever deleted, so the greatest number is the count; the partial indexes count the other states.
const count = `
SELECT
  (SELECT coalesce(max(sequence), 0) FROM executions) AS started,
  (SELECT count(*) FROM executions WHERE status = 'RUNNING') AS running,
  (SELECT count(*) FROM executions WHERE status = 'FAILED') AS failed`;

type Ended = Omit<ExecutionEnd, 'status' | 'stoppedAt'> & { readonly stoppedAt?: number };
type Stored = Omit<Ended, 'history'> & { readonly history: readonly StoredEvent[] };

/** An event as it is stored: its type, milliseconds since the execution started, its state, and the rest. */
type StoredEvent = readonly [type: string, after: number, state?: string, rest?: Partial<HistoryEvent>];

function store({ history, ...ended }: Ended, startedAt: number): string {
  const events = history.map(({ type, timestamp, state, ...rest }): StoredEvent => {
    const after = timestamp - startedAt;
    if (Object.keys(rest).length > 0) return [type, after, state ?? '', rest];
    return state === undefined ? [type, after] : [type, after, state];
  });
  return JSON.stringify({ ...ended, history: events });
}

const statuses: readonly unknown[] = ['RUNNING', 'SUCCEEDED', 'FAILED'] satisfies ExecutionStatus[];

function toExecution(row: Row): Execution {
  return readBack(`execution ${row.orderid}`, () => {
    const { orderid, input, status, ended } = row;
    const startedAt = Number(row.started_at);
    if (!statuses.includes(status)) throw new TypeError(`status ${JSON.stringify(status)} is not known`);
    const { history, ...rest } = ended === null ? { history: [] } : (JSON.parse(String(ended)) as Stored);
    if (!Array.isArray(history)) throw new TypeError('history must be a list');
    return {
      orderid: String(orderid),
      input: String(input),
      startedAt,
      status: status as ExecutionStatus,
      sequence: Number(row.sequence),
      ...rest,
      history: history.map((event) => toEvent(event, startedAt)),
    };
  });
}

function toEvent([type, after, state, rest]: StoredEvent, startedAt: number): HistoryEvent {
  if (typeof type !== 'string' || !Number.isFinite(after)) throw new TypeError('an event must have a type and a time');
  const timestamp = startedAt + after;
  return state ? { type, timestamp, state, ...rest } : { type, timestamp, ...rest };
}

/** Executions in SQLite, beside the orders: one row each, written when it starts and when it ends. */
export class SqliteExecutions implements Executions {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async start(execution: Pick<Execution, 'orderid' | 'input' | 'startedAt'>, options?: CallOptions) {
    const { orderid, input, startedAt } = execution;
    const row = await this.#database.get(insert, [orderid, input, startedAt], options);
    if (row !== undefined) {
      const sequence = Number(row.sequence);
      const started: Execution = { orderid, input, startedAt, status: 'RUNNING', history: [], sequence };
      return { started: true, execution: started };
    }
    const present = await this.get(orderid, options);
    if (present === undefined) throw new Error(`execution ${orderid} is neither new nor there`);
    return { started: false, execution: present };
  }

  async end(execution: Execution, end: ExecutionEnd, options?: CallOptions): Promise<void> {
    const { status, ...ended } = end;
    await this.#database.run(update, [status, store(ended, execution.startedAt), execution.sequence], options);
  }

  async redrive(orderid: string, at: number, options?: CallOptions): Promise<Execution | undefined> {
    const present = await this.get(orderid, options);
    if (present?.status !== 'FAILED') return undefined;
    const history = [...present.history, { type: 'ExecutionRedriven', timestamp: at }];
    const ended: Ended = present.resume === undefined ? { history } : { resume: present.resume, history };
    const parameters = [store(ended, present.startedAt), present.sequence];
    if ((await this.#database.run(rerun, parameters, options)) === 0) return undefined;
    return this.get(orderid, options);
  }

  async get(orderid: string, options?: CallOptions): Promise<Execution | undefined> {
    const row = await this.#database.get(selectOne, [orderid], options);
    return row === undefined ? undefined : toExecution(row);
  }

  async page(query: ExecutionQuery = {}, options?: CallOptions): Promise<ExecutionPage> {
    const { status = 'any', limit = 100, before = Number.MAX_SAFE_INTEGER } = query;
    const rows = await this.#database.all(pages[status], [before, limit + 1], options);
    const executions = rows.slice(0, limit).map(toExecution);
    const last = executions.at(-1);
    return rows.length > limit && last !== undefined ? { executions, next: last.sequence } : { executions };
  }

  async counts(options?: CallOptions): Promise<ExecutionCounts> {
    const row = await this.#database.get(count, [], options);
    const [started, running, failed] = [Number(row?.started), Number(row?.running), Number(row?.failed)];
    return { RUNNING: running, SUCCEEDED: started - running - failed, FAILED: failed };
  }
}
