import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';

const token = z.string();

/**
 * Tokens for a system that knows its callers: of two customers, of the vendor at whose counter the first one orders, and of
 * an operator; and some that the system must refuse, by what is wrong with them.
 */
const callersSchema = z.strictObject({
  customer: z.strictObject({ accountid: z.string(), token }),
  other: z.strictObject({ accountid: z.string(), token }),
  vendor: z.strictObject({ vendorid: z.string(), token }),
  operator: z.strictObject({ token }),
  refused: z.record(z.string(), token),
});

/** See the file that `npx pnpm acceptance --callers` takes. */
export type Callers = z.output<typeof callersSchema>;

/** Reads the tokens of a file. */
export async function readCallers(file: string): Promise<Callers> {
  return z.parse(callersSchema, JSON.parse(await readFile(file, 'utf8')));
}
