/** A deep copy of plain data: objects, lists, texts, numbers. Without `structuredClone`, which not every test environment has. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T;
}

/** The first `limit` items, and the place of the last if more follow. */
export function pageOf<Item, Place>(
  found: readonly Item[],
  limit: number,
  placeOf: (item: Item) => Place,
): { readonly items: readonly Item[]; readonly next?: Place } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last !== undefined ? { items, next: placeOf(last) } : { items };
}
