import type { Operation } from './protocol.ts';

/** How much is sent to the thread at once: operations, and characters of their parameters. */
const batchLength = 1000;
const batchSize = 8 << 20;

/** Whether a parameter can be sent to the thread: one that cannot would take its whole batch with it. */
export function isSendable(value: unknown): boolean {
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'bigint' || value === null || ArrayBuffer.isView(value);
}

/** How many of the waiting operations make the next batch. */
export function batchOf(queue: readonly { readonly operation: Operation }[]): number {
  let size = 0;
  const end = queue.findIndex(({ operation }, index) => {
    for (const value of operation[2]) if (typeof value === 'string') size += value.length;
    return index > 0 && (size > batchSize || index >= batchLength);
  });
  return end === -1 ? queue.length : end;
}
