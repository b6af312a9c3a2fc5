import type { Row, SqliteDatabase } from '@coffee/adapter-sqlite';
import type {
  Execution,
  ExecutionCounts,
  ExecutionEnd,
  ExecutionPage,
  ExecutionStatus,
  HistoryEvent,
} from './execution.ts';
import type { Executions } from './executions.ts';

/** A small index on what is running makes a restart quick however many executions have ended. */
export const executionTables = `
CREATE TABLE IF NOT EXISTS executions (
  sequence INTEGER PRIMARY KEY,
  orderid TEXT NOT NULL UNIQUE,
  input TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  ended TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS executions_running ON executions (sequence) WHERE status = 'RUNNING';
CREATE INDEX IF NOT EXISTS executions_failed ON executions (sequence) WHERE status = 'FAILED';
`;

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

// No row is ever deleted, so that the greatest number is how many there are; the partial indexes count the others.
const count = `
SELECT
  (SELECT coalesce(max(sequence), 0) FROM executions) AS started,
  (SELECT count(*) FROM executions WHERE status = 'RUNNING') AS running,
  (SELECT count(*) FROM executions WHERE status = 'FAILED') AS failed`;

type Ended = Omit<ExecutionEnd, 'status' | 'stoppedAt'> & { readonly stoppedAt?: number };

/** An event as it is stored: its type, milliseconds since the execution started, its state, and what else it has. */
type StoredEvent = readonly [type: string, after: number, state?: string, rest?: Partial<HistoryEvent>];

function store({ history, ...ended }: Ended, startedAt: number): string {
  const events = history.map(({ type, timestamp, state, ...rest }): StoredEvent => {
    const after = timestamp - startedAt;
    if (Object.keys(rest).length > 0) return [type, after, state ?? '', rest];
    return state === undefined ? [type, after] : [type, after, state];
  });
  return JSON.stringify({ ...ended, history: events });
}

function toExecution(row: Row): Execution {
  const startedAt = Number(row.started_at);
  const { history: stored, ...ended } =
    row.ended === null
      ? { history: [] }
      : (JSON.parse(String(row.ended)) as Omit<Ended, 'history'> & { readonly history: readonly StoredEvent[] });
  const history = stored.map(([type, after, state, rest]): HistoryEvent => {
    const timestamp = startedAt + after;
    return state ? { type, timestamp, state, ...rest } : { type, timestamp, ...rest };
  });
  return {
    orderid: String(row.orderid),
    input: String(row.input),
    startedAt,
    status: row.status as ExecutionStatus,
    sequence: Number(row.sequence),
    ...ended,
    history,
  };
}

/** Executions in SQLite, beside the orders: one row each, written when it starts and when it ends. */
export class SqliteExecutions implements Executions {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async start(execution: { readonly orderid: string; readonly input: string; readonly startedAt: number }) {
    const { orderid, input, startedAt } = execution;
    const row = await this.#database.get(insert, orderid, input, startedAt);
    if (row !== undefined) {
      const started: Execution = { ...execution, status: 'RUNNING', history: [], sequence: Number(row.sequence) };
      return { started: true, execution: started };
    }
    const present = await this.get(orderid);
    if (present === undefined) throw new Error(`execution ${orderid} is neither new nor there`);
    return { started: false, execution: present };
  }

  async end(execution: Execution, end: ExecutionEnd): Promise<void> {
    const { status, ...ended } = end;
    await this.#database.run(update, status, store(ended, execution.startedAt), execution.sequence);
  }

  async redrive(orderid: string, at: number): Promise<Execution | undefined> {
    const present = await this.get(orderid);
    if (present?.status !== 'FAILED') return undefined;
    const history = [...present.history, { type: 'ExecutionRedriven', timestamp: at }];
    const ended: Ended = present.resume === undefined ? { history } : { resume: present.resume, history };
    if ((await this.#database.run(rerun, store(ended, present.startedAt), present.sequence)) === 0) return undefined;
    return this.get(orderid);
  }

  async get(orderid: string): Promise<Execution | undefined> {
    const row = await this.#database.get(selectOne, orderid);
    return row === undefined ? undefined : toExecution(row);
  }

  async page(options: {
    readonly status?: ExecutionStatus;
    readonly limit: number;
    readonly before?: number;
  }): Promise<ExecutionPage> {
    const { status = 'any', limit, before = Number.MAX_SAFE_INTEGER } = options;
    const rows = await this.#database.all(pages[status], before, limit + 1);
    const executions = rows.slice(0, limit).map(toExecution);
    const last = executions.at(-1);
    return rows.length > limit && last !== undefined ? { executions, next: last.sequence } : { executions };
  }

  async counts(): Promise<ExecutionCounts> {
    const row = await this.#database.get(count);
    const [started, running, failed] = [Number(row?.started), Number(row?.running), Number(row?.failed)];
    return { RUNNING: running, SUCCEEDED: started - running - failed, FAILED: failed };
  }
}
