import type { Readable, Writable } from 'node:stream';
import type { Menu } from '@coffee/domain';

/** Where a command writes. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command gets from its process, or from a test. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The menu assumed where a server does not show its own. */
  readonly menu: Menu;
}
