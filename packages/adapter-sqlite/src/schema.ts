/** Written into the header of the file: the letters `COFF`. A file with another one is another program's. */
export const applicationId = 0x434f4646;

/** Raised with every change of a table that an older version could not read. */
export const schemaVersion = 3;

/** Version 1 wrote lines without a currency, since this was the only one. */
export const currencyOfVersion1 = 'AUD';

const schema = `
CREATE TABLE orders (
  accountid TEXT NOT NULL,
  vendorid TEXT NOT NULL,
  accepted_at TEXT NOT NULL,
  orderid TEXT NOT NULL,
  placed TEXT NOT NULL,
  PRIMARY KEY (accountid, vendorid)
) STRICT, WITHOUT ROWID;

CREATE INDEX orders_by_time ON orders (accepted_at, orderid);

CREATE TABLE invoice_lines (
  object_key TEXT NOT NULL,
  orderid TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (object_key, orderid)
) STRICT, WITHOUT ROWID;

CREATE TABLE mails (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sent_at INTEGER NOT NULL,
  notification TEXT NOT NULL
) STRICT;

CREATE TABLE notification_log (
  orderid TEXT PRIMARY KEY,
  leased_until INTEGER NOT NULL,
  done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE executions (
  sequence INTEGER PRIMARY KEY,
  orderid TEXT NOT NULL UNIQUE,
  input TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  stopped_at INTEGER,
  error TEXT,
  due_at INTEGER,
  state TEXT NOT NULL DEFAULT '',
  detail TEXT
) STRICT;
CREATE INDEX executions_due ON executions (state, due_at, sequence) WHERE due_at IS NOT NULL;
CREATE INDEX executions_running ON executions (sequence) WHERE status = 'RUNNING';
CREATE INDEX executions_failed ON executions (sequence) WHERE status = 'FAILED';

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** What leads from each version to the next. Version 2 changed what lines hold, not the tables. */
const migrations: Readonly<Record<number, string>> = {
  1: '',
  2: `
ALTER TABLE executions RENAME COLUMN ended TO detail;
ALTER TABLE executions ADD COLUMN stopped_at INTEGER;
ALTER TABLE executions ADD COLUMN error TEXT;
ALTER TABLE executions ADD COLUMN due_at INTEGER;
ALTER TABLE executions ADD COLUMN state TEXT NOT NULL DEFAULT '';
UPDATE executions SET stopped_at = detail ->> '$.stoppedAt', error = detail ->> '$.error'
WHERE status <> 'RUNNING' AND json_valid(detail);
UPDATE executions SET due_at = started_at, state = coalesce(detail ->> '$.resume.state', '')
WHERE status = 'RUNNING' AND (detail IS NULL OR json_valid(detail));
CREATE INDEX executions_due ON executions (state, due_at, sequence) WHERE due_at IS NOT NULL;
`,
};

/** The tables that versions without an application id had. */
const oldTables = ['orders', 'invoice_lines', 'mails', 'notification_log', 'executions', 'secrets'];

/** What the header of a file and its list of tables say. */
export interface FileIdentity {
  readonly applicationId: number;
  readonly version: number;
  readonly tables: readonly string[];
}

/** Why a file must not be opened, in the words of a sentence that begins with the file; `undefined` when it may. */
export function refusalOf({ applicationId: id, version, tables }: FileIdentity): string | undefined {
  const isOurs = id === applicationId;
  const isOld = id === 0 && version in migrations && tables.every((name) => oldTables.includes(name));
  const isNew = id === 0 && version === 0 && tables.length === 0;
  if (!isOurs && !isOld && !isNew) return 'belongs to another program';
  if (version > schemaVersion) return `was written by a newer version (${version}; this one reads ${schemaVersion})`;
  return undefined;
}

/** The statements that lead from a version to this one, as one transaction; version 0 has no tables. */
export function upgrade(from: number): string {
  const steps = from === 0 ? [schema] : [];
  for (let version = from; version > 0 && version < schemaVersion; version += 1) steps.push(migrations[version] ?? '');
  const marks = `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion};`;
  return from === schemaVersion ? '' : `BEGIN IMMEDIATE; ${steps.join('')} ${marks} COMMIT;`;
}
