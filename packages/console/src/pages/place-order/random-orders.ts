import type { Menu, Order } from '@coffee/domain';

/** The cities of the demonstration's script. */
const cities = [
  'Adelaide',
  'Brisbane',
  'Canberra',
  'Darwin',
  'Geelong',
  'Gold Coast',
  'Hobart',
  'Melbourne',
  'Perth',
  'Sydney',
  'Wollongong',
] as const;

/** A date as Python's `str(datetime.now())` prints it: local time, six places. */
export function orderDate(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return local.replace('T', ' ').replace('Z', '000');
}

/**
 * The nth order of the demonstration's script: accounts a0 to a4, each with the vendor of the same number, then the next
 * vendor; city, coffee, size and quantity (1 to 10) at random. `random` returns a number from 0 up to, but not including, 1.
 */
export function randomOrder(n: number, menu: Menu, now: Date, random: () => number = Math.random): Order {
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new RangeError('there is nothing to choose from');
    return item;
  };
  const account = n % 5;
  const size = one(menu.coffeesizes);
  return {
    accountid: `a${account}`,
    vendorid: `v${account + Math.floor(n / 5)}`,
    orderdate: orderDate(now),
    city: one(cities),
    details: {
      coffeetype: one(menu.coffeetypes),
      coffeesize: size.coffeesize,
      unitprice: size.unitprice,
      quantity: Math.floor(random() * 10) + 1,
    },
    eventtype: ['new_order'],
  };
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
