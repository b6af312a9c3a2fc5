import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Menu } from '@coffee/domain';
import { randomOrder } from '@coffee/domain';
import { exitCodes, Failure, UsageError, whyUnreadable } from '../failure.ts';
import type { Surroundings } from '../terminal/terminal.ts';
import { now } from '../terminal/text.ts';

/** One of many orders to place, or why there is none. */
export interface Job {
  /** Where it comes from, for people, like `orders.jsonl:3`. */
  readonly label: string;
  /** The same for a script. */
  readonly origin: { readonly line: number } | { readonly number: number };
  readonly order?: unknown;
  readonly failure?: Failure;
}

/** A random order of account `a0` at vendor `v0` for number 0, and so on. */
export const nthOrder = (number: number, menu: Menu) =>
  randomOrder(menu, Math.random, { accountid: `a${number}`, vendorid: `v${number}`, orderdate: now() });

/** This many random orders from the menu, each made when its turn comes. */
export async function* randomOrders(count: number, readMenu: () => Promise<Menu>): AsyncGenerator<Job> {
  const menu = await readMenu();
  for (let number = 0; number < count; number++) {
    yield { label: `a${number} at v${number}`, origin: { number }, order: nthOrder(number, menu) };
  }
}

/** A line is an order, or an order as the API takes it: `{"order": …}`. */
function jobOf(text: string, label: string, line: number): Job {
  const origin = { line };
  try {
    const value = JSON.parse(text) as unknown;
    const wrapped = typeof value === 'object' && value !== null && Object.keys(value).join() === 'order';
    return { label, origin, order: wrapped ? (value as { order: unknown }).order : value };
  } catch {
    const message = 'this line is not JSON; an order is one line';
    return { label, origin, failure: new Failure(exitCodes.failed, message, { code: 'MalformedLine' }) };
  }
}

/** The orders of a file of JSON lines, or of standard input for `-`, as they are read, until the signal is aborted. */
export async function* readOrders(file: string, { stdin, signal }: Surroundings): AsyncGenerator<Job> {
  const opened =
    file === '-'
      ? undefined
      : await open(file).catch((error: Error) => {
          throw new UsageError(`${file} cannot be read: ${whyUnreadable(error)}`);
        });
  const name = opened === undefined ? 'line ' : `${file}:`;
  const input = opened?.createReadStream() ?? stdin;
  let number = 0;
  for await (const text of createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const line = number === 1 ? text.replace(/^\ufeff/, '') : text;
    if (line.trim() !== '') yield jobOf(line, `${name}${number}`, number);
  }
}
