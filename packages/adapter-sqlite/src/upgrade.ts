import { applicationId, migrations, schema, schemaVersion } from './schema.ts';

/** The tables of versions without an application id; most have `executions` too. */
const oldTables = ['invoice_lines', 'mails', 'notification_log', 'orders', 'secrets'];

/** What the header of a file and its list of tables say. */
export interface FileIdentity {
  readonly applicationId: number;
  readonly version: number;
  readonly tables: readonly string[];
}

/** Why a file must not be opened, in the words of a sentence that begins with the file; `undefined` when it may. */
export function refusalOf({ applicationId: id, version, tables }: FileIdentity): string | undefined {
  const isOurs = id === applicationId;
  const isOld =
    id === 0 &&
    version in migrations &&
    tables
      .filter((name) => name !== 'executions')
      .toSorted()
      .join() === oldTables.join();
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
