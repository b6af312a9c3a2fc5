/** Written into the header of the file: the letters `COFF`. A file with another one is another program's. */
export const applicationId = 0x434f4646;

/** Raised with every change of a table that an older version could not read. */
export const schemaVersion = 3;

/** Version 1 wrote lines without a currency, since this was the only one. */
export const currencyOfVersion1 = 'AUD';

const invoiceOfLine = `
  -(CAST(substr(object_key, 1, 4) AS INTEGER) * 100 + CAST(substr(object_key, 6, 2) AS INTEGER)) AS period,
  substr(object_key, 6 + instr(substr(object_key, 6), '/')) AS accountid,
  coalesce(line ->> '$.currency', '${currencyOfVersion1}') AS currency`;
// Amounts of one currency have the same decimal places, so their digits can be added.
const amountOfLine = "coalesce(CAST(replace(line ->> '$.amount', '.', '') AS INTEGER), 0)";

/**
 * What the lines of an invoice add up to, so that a list of invoices reads no lines. Lines are added up many at a time: one
 * by one, each would write another page of the file.
 */
export const addUp = 'INSERT INTO adding_up (new_lines) VALUES (NULL)';
const invoices = `
CREATE TABLE invoices (
  period INTEGER NOT NULL,
  accountid TEXT NOT NULL,
  currency TEXT NOT NULL,
  line_count INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (period, accountid, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoices_by_account ON invoices (accountid, period);

CREATE TABLE new_lines (
  sequence INTEGER PRIMARY KEY,
  period INTEGER NOT NULL,
  accountid TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL
) STRICT;

CREATE VIEW adding_up AS SELECT count(*) AS new_lines FROM new_lines;
CREATE TRIGGER adding_up_insert INSTEAD OF INSERT ON adding_up BEGIN
  INSERT INTO invoices (period, accountid, currency, line_count, amount)
  SELECT period, accountid, currency, count(*), sum(amount) FROM new_lines WHERE true GROUP BY 1, 2, 3
  ON CONFLICT DO UPDATE SET line_count = line_count + excluded.line_count, amount = amount + excluded.amount;
  DELETE FROM new_lines;
END;
`;

/** The tables of this version. */
export const schema = `
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
${invoices}`;

/** What leads from each version to the next. Version 2 changed what lines hold, not the tables. */
export const migrations: Readonly<Record<number, string>> = {
  // A file whose owner ran no workflow had no executions.
  1: `
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
`,
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
${invoices}
INSERT INTO invoices SELECT ${invoiceOfLine}, count(*), sum(${amountOfLine}) FROM invoice_lines WHERE json_valid(line)
GROUP BY 1, 2, 3;
`,
};
