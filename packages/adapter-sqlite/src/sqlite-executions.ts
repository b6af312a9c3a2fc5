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
  ExecutionStatus,
  ExecutionSummary,
  Executions,
  HistoryEvent,
  ParkedExecution,
} from '@coffee/ports';
import { Damaged, readBack } from '@coffee/ports';
import type { Row, Statement } from './protocol.ts';
import { writeKeys } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

const columns = 'sequence, orderid, input, started_at, status, stopped_at, error, due_at, detail';
const insert = `
INSERT INTO executions (orderid, input, started_at, status, due_at, accountid, vendorid)
VALUES (?, ?, ?, 'RUNNING', ?, ?, ?)
ON CONFLICT DO NOTHING RETURNING sequence`;
const park = `
UPDATE executions SET due_at = ?, state = ?, detail = ? WHERE sequence = ? AND status = 'RUNNING'`;
const end = `
UPDATE executions SET status = ?, stopped_at = ?, error = ?, detail = ?, due_at = NULL WHERE sequence = ?`;
const hurry = `
UPDATE executions SET due_at = min(due_at, ?) WHERE orderid = ? AND due_at IS NOT NULL RETURNING ${columns}`;
const rerun = `
UPDATE executions SET status = 'RUNNING', stopped_at = NULL, error = NULL, due_at = ?, state = ?, detail = ?
WHERE sequence = ? AND status = 'FAILED' AND detail IS NOT NULL RETURNING ${columns}`;
const recover = `
UPDATE executions SET due_at = ? WHERE status = 'RUNNING' AND due_at IS NULL
AND orderid NOT IN (SELECT value FROM json_each(?))`;
const selectOne = `SELECT ${columns} FROM executions WHERE orderid = ?`;

// The states that executions wait at are few: each is jumped to, and gives its longest due by the index.
const waitingStates = `
WITH RECURSIVE states (state) AS (
  SELECT min(state) FROM executions WHERE due_at IS NOT NULL
  UNION ALL
  SELECT (SELECT min(state) FROM executions WHERE due_at IS NOT NULL AND executions.state > states.state)
  FROM states WHERE states.state IS NOT NULL
), open_states (state) AS (
  SELECT state FROM states WHERE state IS NOT NULL AND state NOT IN (SELECT value FROM json_each(?1))
)`;
const claim = `
${waitingStates}
UPDATE executions SET due_at = NULL WHERE sequence IN (
  SELECT due.sequence FROM open_states JOIN executions AS due ON due.sequence IN (
    SELECT sequence FROM executions WHERE due_at <= ?2 AND state = open_states.state ORDER BY due_at, sequence LIMIT ?3
  ) ORDER BY due.due_at, due.sequence LIMIT ?3
) RETURNING ${columns}`;
const nextDue = `
${waitingStates}
SELECT min((SELECT min(due_at) FROM executions WHERE due_at IS NOT NULL AND state = open_states.state)) AS next
FROM open_states`;

const summary = `sequence, orderid, started_at, status, stopped_at, error, due_at,
  CASE WHEN status = 'FAILED' AND json_valid(detail) THEN substr(detail ->> 'cause', 1, 2000) END AS cause`;
const newest = 'sequence < ? ORDER BY sequence DESC LIMIT ?';

/** The executions of an account and a vendor, or all: what follows `FROM`, and its parameters. */
function executionsOf({ accountid, vendorid }: ExecutionParties): Statement {
  const both = accountid !== undefined && vendorid !== undefined ? 'AND executions.vendorid = ?' : '';
  const parameters = [accountid, vendorid].filter((id) => id !== undefined);
  if (parameters.length === 0) return ['executions WHERE true', []];
  const party = accountid === undefined ? 'vendor' : 'account';
  const keys = `executions_by_${party} AS keys CROSS JOIN executions USING (sequence)`;
  return [`${keys} WHERE keys.${party}id = ? ${both}`, parameters];
}

/** The statement of a page, and the parameters before its place. */
function selectPage({ status, ...parties }: ExecutionQuery): Statement {
  const [executions, parameters] = executionsOf(parties);
  // A literal value lets SQLite use the partial indexes.
  const where = status === undefined ? '' : `AND status = '${status}'`;
  return [`SELECT ${summary} FROM ${executions} ${where} AND ${newest}`, parameters];
}

// No row is ever deleted, so the greatest number is the count; the partial indexes count the other states.
const countAll = `
SELECT
  (SELECT coalesce(max(sequence), 0) FROM executions) AS started,
  (SELECT count(*) FROM executions WHERE status = 'RUNNING') AS running,
  (SELECT count(*) FROM executions WHERE status = 'FAILED') AS failed`;

type Detail = Pick<Execution, 'cause' | 'resume' | 'history'>;
type StoredDetail = Omit<Detail, 'history'> & { readonly history: readonly StoredEvent[] };

/** An event as it is stored: its type, milliseconds since the execution started, its state, and the rest. */
type StoredEvent = readonly [type: string, after: number, state?: string, rest?: Partial<HistoryEvent>];

function storeDetail({ cause, resume, history }: Detail, startedAt: number): string {
  const events = history.map(({ type, timestamp, state, output, error, cause, attempt }): StoredEvent => {
    const after = timestamp - startedAt;
    if (output !== undefined || error !== undefined || cause !== undefined || attempt !== undefined) {
      return [type, after, state ?? '', { output, error, cause, attempt } as Partial<HistoryEvent>];
    }
    return state === undefined ? [type, after] : [type, after, state];
  });
  return JSON.stringify({ cause, resume, history: events });
}

const statuses: readonly unknown[] = ['RUNNING', 'SUCCEEDED', 'FAILED'] satisfies ExecutionStatus[];

function toSummary({ orderid, started_at, status, due_at, stopped_at, error, cause, sequence }: Row): ExecutionSummary {
  if (!statuses.includes(status)) throw new TypeError(`status ${JSON.stringify(status)} is not known`);
  return {
    orderid: String(orderid),
    startedAt: Number(started_at),
    status: status as ExecutionStatus,
    sequence: Number(sequence),
    ...(typeof due_at === 'number' ? { dueAt: due_at } : {}),
    ...(typeof stopped_at === 'number' ? { stoppedAt: stopped_at } : {}),
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof cause === 'string' ? { cause } : {}),
  };
}

function toExecution(row: Row): Execution {
  return readBack(`execution ${row.orderid}`, () => {
    const summary = toSummary(row);
    const empty: StoredDetail = { history: [] };
    const detail = typeof row.detail === 'string' ? (JSON.parse(row.detail) as StoredDetail) : empty;
    const { cause, resume, history } = detail;
    if (!Array.isArray(history)) throw new TypeError('history must be a list');
    return {
      ...summary,
      input: String(row.input),
      ...(cause === undefined ? {} : { cause }),
      ...(resume === undefined ? {} : { resume }),
      history: history.map((event) => toEvent(event, summary.startedAt)),
    };
  });
}

function toEvent([type, after, state, rest]: StoredEvent, startedAt: number): HistoryEvent {
  if (typeof type !== 'string' || !Number.isFinite(after)) throw new TypeError('an event must have a type and a time');
  const timestamp = startedAt + after;
  return state ? { type, timestamp, state, ...rest } : { type, timestamp, ...rest };
}

/** Executions in SQLite, beside the orders: one row each, written when it starts, when it has to wait, and when it ends. */
export class SqliteExecutions implements Executions {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async start({ accountid, vendorid, ...execution }: ExecutionStart, options?: CallOptions) {
    const { orderid, input, startedAt, dueAt = null } = execution;
    const parameters = [orderid, input, startedAt, dueAt, accountid ?? null, vendorid ?? null];
    const row = await this.#database.get(insert, parameters, options);
    if (row !== undefined) {
      const started: Execution = { ...execution, status: 'RUNNING', history: [], sequence: Number(row.sequence) };
      return { started: true, execution: started };
    }
    const present = await this.get(orderid, options);
    if (present === undefined) throw new Error(`execution ${orderid} is neither new nor there`);
    return { started: false, execution: present };
  }

  async claim({ at, limit, except = [] }: ClaimQuery, options?: CallOptions): Promise<ClaimedExecutions> {
    const states = JSON.stringify(except);
    const [rows, next] = await Promise.all([
      this.#database.all(claim, [states, at, limit], options),
      this.#database.get(nextDue, [states], options),
    ]);
    const executions: Execution[] = [];
    for (const row of rows.toSorted((one, other) => Number(one.sequence) - Number(other.sequence))) {
      try {
        executions.push(toExecution(row));
      } catch (error) {
        if (!(error instanceof Damaged)) throw error;
        const detail = storeDetail({ cause: error.message, history: [] }, 0);
        await this.#database.run(end, ['FAILED', at, error.name, detail, Number(row.sequence)], options);
      }
    }
    return typeof next?.next === 'number' ? { executions, next: next.next } : { executions };
  }

  async park({ sequence, startedAt }: Execution, parked: ParkedExecution, options?: CallOptions): Promise<void> {
    const parameters = [parked.dueAt, parked.resume.state, storeDetail(parked, startedAt), sequence];
    await this.#database.run(park, parameters, options);
  }

  async end(execution: Execution, ended: ExecutionEnd, options?: CallOptions): Promise<void> {
    const { status, stoppedAt, error = null } = ended;
    const detail = storeDetail(ended, execution.startedAt);
    await this.#database.run(end, [status, stoppedAt, error, detail, execution.sequence], options);
  }

  async redrive(orderid: string, at: number, options?: CallOptions): Promise<Execution | undefined> {
    const waiting = await this.#database.get(hurry, [at, orderid], options);
    if (waiting !== undefined) return toExecution(waiting);
    const present = await this.get(orderid, options);
    if (present?.status !== 'FAILED') return undefined;
    const { resume, startedAt, sequence } = present;
    const history = [...present.history, { type: 'ExecutionRedriven', timestamp: at }];
    const detail = storeDetail(resume === undefined ? { history } : { resume, history }, startedAt);
    const row = await this.#database.get(rerun, [at, resume?.state ?? '', detail, sequence], options);
    return row === undefined ? undefined : toExecution(row);
  }

  recover(running: readonly string[], at: number, options?: CallOptions): Promise<number> {
    return this.#database.run(recover, [at, JSON.stringify(running)], options);
  }

  async get(orderid: string, options?: CallOptions): Promise<Execution | undefined> {
    const row = await this.#database.get(selectOne, [orderid], options);
    return row === undefined ? undefined : toExecution(row);
  }

  async page(query: ExecutionQuery = {}, options?: CallOptions): Promise<ExecutionPage> {
    const { accountid, vendorid, limit = 100, before = Number.MAX_SAFE_INTEGER } = query;
    if ((accountid ?? vendorid) !== undefined) await this.#database.run(writeKeys.executions, [], options);
    const [sql, parameters] = selectPage(query);
    const rows = await this.#database.all(sql, [...parameters, before, limit + 1], options);
    const executions = rows.slice(0, limit).map((row) => readBack(`execution ${row.orderid}`, () => toSummary(row)));
    const last = executions.at(-1);
    return rows.length > limit && last !== undefined ? { executions, next: last.sequence } : { executions };
  }

  async counts(of: ExecutionParties = {}, options?: CallOptions): Promise<ExecutionCounts> {
    const [executions, parameters] = executionsOf(of);
    if (parameters.length > 0) await this.#database.run(writeKeys.executions, [], options);
    const ofParties = `
SELECT count(*) AS started, total(status = 'RUNNING') AS running, total(status = 'FAILED') AS failed FROM ${executions}`;
    const row = await this.#database.get(parameters.length > 0 ? ofParties : countAll, parameters, options);
    const [started, running, failed] = [Number(row?.started), Number(row?.running), Number(row?.failed)];
    return { RUNNING: running, SUCCEEDED: started - running - failed, FAILED: failed };
  }
}
