/** Raised with every change of a table that an older version could not read. */
export const schemaVersion = 3;

/** Version 1 wrote lines without a currency, since this was the only one. */
export const currencyOfVersion1 = 'AUD';

/**
 * Keys that grow with time or sit together make inserts land on pages that are already in memory. A small index on what
 * is running makes a restart quick however many executions have ended.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS orders (
  accountid TEXT NOT NULL,
  vendorid TEXT NOT NULL,
  accepted_at TEXT NOT NULL,
  orderid TEXT NOT NULL,
  placed TEXT NOT NULL,
  PRIMARY KEY (accountid, vendorid)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS orders_by_time ON orders (accepted_at, orderid);

CREATE TABLE IF NOT EXISTS invoice_lines (
  object_key TEXT NOT NULL,
  orderid TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (object_key, orderid)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS mails (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sent_at INTEGER NOT NULL,
  notification TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS notification_log (
  orderid TEXT PRIMARY KEY,
  leased_until INTEGER NOT NULL,
  done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS executions (
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
CREATE INDEX IF NOT EXISTS executions_due ON executions (state, due_at, sequence) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS executions_running ON executions (sequence) WHERE status = 'RUNNING';
CREATE INDEX IF NOT EXISTS executions_failed ON executions (sequence) WHERE status = 'FAILED';

CREATE TABLE IF NOT EXISTS secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = ${schemaVersion};
`;
