import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { exitCodes, Failure, UsageError, whyUnreadable } from '../failure.ts';
import type { Surroundings } from '../terminal/terminal.ts';
import type { Job } from './run-many.ts';

async function streamOf(file: string): Promise<NodeJS.ReadableStream> {
  try {
    return (await open(file)).createReadStream();
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${whyUnreadable(error)}`);
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
  const input = file === '-' ? stdin : await streamOf(file);
  const name = file === '-' ? 'line ' : `${file}:`;
  let number = 0;
  for await (const text of createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const line = number === 1 ? text.replace(/^\ufeff/, '') : text;
    if (line.trim() !== '') yield jobOf(line, `${name}${number}`, number);
  }
}
