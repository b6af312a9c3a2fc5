import type { Menu, Order } from '@coffee/domain';
import { orderDateOf, randomOrder } from '@coffee/domain';

/**
 * The nth order of the demonstration's script: accounts a0 to a4, each with the vendor of the same number, then the next
 * vendor; the rest as `randomOrder` chooses.
 */
export function nthOrder(n: number, menu: Menu, now: Date, random: () => number = Math.random): Order {
  const account = n % 5;
  const vendorid = `v${account + Math.floor(n / 5)}`;
  return randomOrder(menu, random, { accountid: `a${account}`, vendorid, orderdate: orderDateOf(now) });
}

/** The progress of a batch. */
export interface BatchProgress<Answer> {
  readonly total: number;
  readonly placed: readonly Answer[];
  readonly failures: readonly Error[];
}

/**
 * Does something `total` times, a few at once, and reports each that is done. A failure is counted, and the others go on.
 * After an abort nothing new starts.
 */
export async function placeMany<Answer>(
  total: number,
  place: (index: number) => Promise<Answer>,
  options: {
    readonly atOnce?: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: BatchProgress<Answer>) => void;
  } = {},
): Promise<BatchProgress<Answer>> {
  const { atOnce = 5, signal, onProgress } = options;
  let progress: BatchProgress<Answer> = { total, placed: [], failures: [] };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < total && !signal?.aborted) {
      const index = next++;
      try {
        const answer = await place(index);
        progress = { ...progress, placed: [...progress.placed, answer] };
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        progress = { ...progress, failures: [...progress.failures, failure] };
      }
      onProgress?.(progress);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, total) }, worker));
  return progress;
}
