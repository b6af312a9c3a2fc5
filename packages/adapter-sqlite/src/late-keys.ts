import type { CallOptions } from '@coffee/ports';
import type { KeyedTable } from './schema.ts';
import { writeKeysOf } from './schema.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** How many new rows have their keys written at once, unless a list asks for them earlier. */
const rowsAtOnce = 5000;

/** The keys of a table's rows that are written many at a time: one by one, each would write a page of its own. */
export class LateKeys {
  readonly #database: SqliteDatabase;
  readonly #sql: string;
  #added = 0;

  constructor(database: SqliteDatabase, table: KeyedTable) {
    this.#database = database;
    this.#sql = writeKeysOf(table);
  }

  /** Notes a new row. */
  add(): void {
    this.#added += 1;
    // If it fails, the next one writes these keys too.
    if (this.#added % rowsAtOnce === 0) void this.write().catch(() => undefined);
  }

  /** Writes the keys of all rows that are there. */
  async write(options?: CallOptions): Promise<void> {
    await this.#database.run(this.#sql, [], options);
  }
}
