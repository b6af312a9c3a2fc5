import type { PagedList } from './use-page-cursor.ts';

/** How many there are as far as is known, as a header's counter: `(40+)` when there are more. */
export function counterOf({ items, pageIndex, hasMore }: PagedList<unknown>, pageSize: number): string {
  return `(${(pageIndex - 1) * pageSize + items.length}${hasMore ? '+' : ''})`;
}
