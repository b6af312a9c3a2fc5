/** Written into the header of the file: the letters `COFF`. A file with another one is another program's. */
export const applicationId = 0x434f4646;

/** Raised with every change of a table that an older version could not read. */
export const schemaVersion = 4;

/** Version 1 wrote lines without a currency, since this was the only one. */
export const currencyOfVersion1 = 'AUD';

// Rows are wide, and in order of arrival: in another order, each would write a page of the file on its own. The keys that
// find them are narrow. Those that would be scattered too are written many at a time, up to the row noted in `keyed`.
const orders = `
CREATE TABLE orders (
  sequence INTEGER PRIMARY KEY,
  accountid TEXT NOT NULL,
  vendorid TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  orderid TEXT NOT NULL,
  placed TEXT NOT NULL,
  UNIQUE (accountid, vendorid)
) STRICT;
CREATE INDEX orders_by_time ON orders (accepted_at, orderid);
CREATE TABLE orders_by_vendor (
  vendorid TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  orderid TEXT NOT NULL,
  accountid TEXT NOT NULL,
  PRIMARY KEY (vendorid, accepted_at, orderid)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER orders_replaced AFTER UPDATE OF accepted_at, orderid ON orders BEGIN
  DELETE FROM orders_by_vendor
  WHERE vendorid = old.vendorid AND accepted_at = old.accepted_at AND orderid = old.orderid;
  INSERT INTO orders_by_vendor VALUES (new.vendorid, new.accepted_at, new.orderid, new.accountid);
END;
`;

/** A damaged line that an older version left has no amount. */
const invoiceLines = `
CREATE TABLE invoice_lines (
  sequence INTEGER PRIMARY KEY,
  accountid TEXT NOT NULL,
  period INTEGER NOT NULL,
  orderid TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER,
  line TEXT NOT NULL,
  UNIQUE (orderid, accountid, period)
) STRICT;
CREATE TABLE lines_by_invoice (
  accountid TEXT NOT NULL,
  period INTEGER NOT NULL,
  orderid TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (accountid, period, orderid)
) STRICT, WITHOUT ROWID;
CREATE TABLE invoices (
  period INTEGER NOT NULL,
  accountid TEXT NOT NULL,
  currency TEXT NOT NULL,
  line_count INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (period, accountid, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoices_by_account ON invoices (accountid, period);
`;

const partyKeys = (party: 'account' | 'vendor') => `
CREATE TABLE executions_by_${party} (
  ${party}id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (${party}id, sequence)
) STRICT, WITHOUT ROWID;`;
const executionKeys = `
CREATE INDEX executions_succeeded ON executions (sequence) WHERE status = 'SUCCEEDED';
${partyKeys('account')}
${partyKeys('vendor')}
`;

const keyed = `
CREATE TABLE keyed (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO keyed VALUES ('orders', 0), ('invoice_lines', 0), ('executions', 0);

CREATE TRIGGER key_orders AFTER UPDATE ON keyed WHEN old.name = 'orders' BEGIN
  INSERT INTO orders_by_vendor SELECT vendorid, accepted_at, orderid, accountid FROM orders
  WHERE sequence > old.sequence ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER key_lines AFTER UPDATE ON keyed WHEN old.name = 'invoice_lines' BEGIN
  INSERT INTO lines_by_invoice SELECT accountid, period, orderid, sequence FROM invoice_lines
  WHERE sequence > old.sequence ORDER BY 1, 2, 3;
  INSERT INTO invoices SELECT period, accountid, currency, count(*), sum(amount) FROM invoice_lines
  WHERE sequence > old.sequence AND amount IS NOT NULL GROUP BY 1, 2, 3
  ON CONFLICT DO UPDATE SET line_count = line_count + excluded.line_count, amount = amount + excluded.amount;
END;
CREATE TRIGGER key_executions AFTER UPDATE ON keyed WHEN old.name = 'executions' BEGIN
  INSERT INTO executions_by_account SELECT accountid, sequence FROM executions
  WHERE sequence > old.sequence AND accountid IS NOT NULL ORDER BY 1, 2;
  INSERT INTO executions_by_vendor SELECT vendorid, sequence FROM executions
  WHERE sequence > old.sequence AND vendorid IS NOT NULL ORDER BY 1, 2;
END;
`;

const writeKeysOf = (table: string): string => `
UPDATE keyed SET sequence = (SELECT max(sequence) FROM ${table})
WHERE name = '${table}' AND sequence < (SELECT max(sequence) FROM ${table})`;

/** Writes the keys of the new rows of a table, and adds new lines to what their invoices add up to. */
export const writeKeys = {
  orders: writeKeysOf('orders'),
  lines: writeKeysOf('invoice_lines'),
  executions: writeKeysOf('executions'),
} as const;

/** The tables of this version. */
export const schema = `
${orders}
${invoiceLines}
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
  detail TEXT,
  accountid TEXT,
  vendorid TEXT
) STRICT;
CREATE INDEX executions_due ON executions (state, due_at, sequence) WHERE due_at IS NOT NULL;
CREATE INDEX executions_running ON executions (sequence) WHERE status = 'RUNNING';
CREATE INDEX executions_failed ON executions (sequence) WHERE status = 'FAILED';
${executionKeys}

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
${keyed}`;

const accountOfLine = "substr(object_key, 6 + instr(substr(object_key, 6), '/'))";
const periodOfLine = '-(CAST(substr(object_key, 1, 4) AS INTEGER) * 100 + CAST(substr(object_key, 6, 2) AS INTEGER))';
const fieldOfLine = (name: string) => `CASE WHEN json_valid(line) THEN line ->> '$.${name}' END`;
const orderOfInput = (name: string) => `CASE WHEN json_valid(input) THEN input ->> '$.order.${name}' END`;

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
`,
  // Version 3 kept the amounts of new lines in a table of their own, added up by a trigger.
  3: `
DROP VIEW IF EXISTS adding_up;
DROP TABLE IF EXISTS new_lines;
DROP TABLE IF EXISTS invoices;
ALTER TABLE orders RENAME TO wide_orders;
DROP INDEX IF EXISTS orders_by_time;
${orders}
INSERT INTO orders (accountid, vendorid, accepted_at, orderid, placed)
SELECT accountid, vendorid, coalesce(CAST(round(unixepoch(accepted_at, 'subsec') * 1000) AS INTEGER), 0), orderid, placed
FROM wide_orders ORDER BY accepted_at, orderid;
DROP TABLE wide_orders;
ALTER TABLE invoice_lines RENAME TO wide_lines;
${invoiceLines}
INSERT INTO invoice_lines (accountid, period, orderid, currency, amount, line)
SELECT ${accountOfLine}, ${periodOfLine}, orderid, coalesce(${fieldOfLine('currency')}, '${currencyOfVersion1}'),
  CAST(replace(${fieldOfLine('amount')}, '.', '') AS INTEGER), line
FROM wide_lines ORDER BY ${fieldOfLine('acceptedAt')}, orderid;
DROP TABLE wide_lines;
ALTER TABLE executions ADD COLUMN accountid TEXT;
ALTER TABLE executions ADD COLUMN vendorid TEXT;
UPDATE executions SET accountid = ${orderOfInput('accountid')}, vendorid = ${orderOfInput('vendorid')};
${executionKeys}
${keyed}
${Object.values(writeKeys).join(';')};
`,
};
