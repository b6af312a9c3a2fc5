/** One page of a list; `next` is the `before` of the page after it. */
interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | number | undefined;
}

/** The most that an embedded server puts on a page. */
const largestPage = 1000;

/** Reads a list page by page, until it ends or there are `limit` items. */
export async function* pagesOf<T>(
  limit: number,
  read: (query: Readonly<Record<string, string>>) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let before: string | number | undefined;
  for (let left = limit; left > 0; ) {
    const query = before === undefined ? {} : { before: String(before) };
    const page = await read({ limit: String(Math.min(left, largestPage)), ...query });
    yield* page.items;
    left -= page.items.length;
    if (page.next === undefined || page.items.length === 0) return;
    before = page.next;
  }
}
