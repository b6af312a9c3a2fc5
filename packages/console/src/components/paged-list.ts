import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { recall, remember } from './remembered.ts';

/** Where a page of a list begins, and how long it is. The first page has no `before`. */
export interface PageRequest<Cursor> {
  readonly limit: number;
  readonly before: Cursor | undefined;
}

/** A page of a list; `next` is the `before` of the page after it. */
export interface Page<Item, Cursor> {
  readonly items: readonly Item[];
  readonly next: Cursor | undefined;
}

/** A place in several lists, read one after the other: which list, and where in it. */
export interface Place<Cursor> {
  readonly list: number;
  readonly before?: Cursor | undefined;
}

/** A page of several lists, one after the other. */
export async function inTurn<List, Item, Cursor>(
  lists: readonly List[],
  read: (list: List, request: PageRequest<Cursor>) => Promise<Page<Item, Cursor>>,
  { limit, before: from = { list: 0 } }: PageRequest<Place<Cursor>>,
): Promise<Page<Item, Place<Cursor>>> {
  const items: Item[] = [];
  let { before } = from;
  for (const [index, list] of [...lists.entries()].slice(from.list)) {
    if (items.length === limit) return { items, next: { list: index } };
    const page = await read(list, { limit: limit - items.length, before });
    items.push(...page.items);
    if (page.next !== undefined) return { items, next: { list: index, before: page.next } };
    before = undefined;
  }
  return { items, next: undefined };
}

export interface TablePreferences {
  readonly pageSize: number;
  readonly wrapLines: boolean;
  /** The columns in the order chosen. Columns that are not listed come last. */
  readonly display: readonly { readonly id: string; readonly visible: boolean }[];
}

interface Position<Cursor> {
  readonly list: string;
  /** The cursor of each page visited; the first page has none. */
  readonly cursors: readonly (Cursor | undefined)[];
  readonly index: number;
}

/** The parameters of a query that have a value: the others are left out of it. */
export function filled<Query extends object>(query: Query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(given) as { [Name in keyof Query]?: Exclude<Query[Name], undefined> };
}

const defaults: TablePreferences = { pageSize: 20, wrapLines: false, display: [] };

function recallPreferences(name: string): TablePreferences {
  try {
    return { ...defaults, ...(JSON.parse(recall(name) ?? '{}') as Partial<TablePreferences>) };
  } catch {
    return defaults; // what was remembered is damaged
  }
}

/** Every column of a table, in the order chosen, and whether it is shown. */
export function displayOf(columns: readonly { readonly id: string }[], { display }: TablePreferences) {
  const known = display.filter(({ id }) => columns.some((column) => column.id === id));
  const others = columns.filter(({ id }) => !known.some((column) => column.id === id));
  return [...known, ...others.map(({ id }) => ({ id, visible: true }))];
}

/** How many items are known of, as a header's counter: `(40+)` when there are more. */
export function counterOf(list: Pick<PagedList<unknown>, 'items' | 'pageIndex' | 'hasMore' | 'preferences'>): string {
  const { items, pageIndex, hasMore, preferences } = list;
  return `(${(pageIndex - 1) * preferences.pageSize + items.length}${hasMore ? '+' : ''})`;
}

/**
 * Reads one page of a list at a time, by cursor, and remembers under the list's name how it is shown. Another filter or
 * page size starts again at the first page.
 */
export function usePagedList<Item, Cursor>(
  name: string,
  filter: readonly unknown[],
  read: (request: PageRequest<Cursor>) => Promise<Page<Item, Cursor>>,
) {
  const [preferences, setPreferences] = useState(() => recallPreferences(`table:${name}`));
  const { pageSize } = preferences;
  const list = JSON.stringify([filter, pageSize]);
  const start: Position<Cursor> = { list, cursors: [undefined], index: 0 };
  const [kept, setPosition] = useState(start);
  const position = kept.list === list ? kept : start;
  const before = position.cursors[position.index];

  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: [name, ...filter, pageSize, before],
    queryFn: () => read({ limit: pageSize, before }),
    placeholderData: keepPreviousData,
  });

  const goTo = (pageIndex: number): void => {
    const index = pageIndex - 1;
    if (index < position.cursors.length && index !== position.index + 1) setPosition({ ...position, index });
    else if (index === position.index + 1 && data?.next !== undefined && !isPlaceholderData) {
      // New items may have moved this page: the next one begins where this one ends now.
      setPosition({ list, cursors: [...position.cursors.slice(0, index), data.next], index });
    }
  };

  return {
    /** What it lists, in the plural: `executions`. */
    name,
    items: data?.items ?? [],
    loading: isPending,
    error: data === undefined ? error : null,
    retry: () => void refetch(),
    /** From 1. */
    pageIndex: position.index + 1,
    pagesKnown: Math.max(position.cursors.length, position.index + (data?.next === undefined ? 1 : 2)),
    hasMore: data?.next !== undefined,
    goTo,
    preferences,
    setPreferences(next: TablePreferences): void {
      setPreferences(next);
      remember(`table:${name}`, JSON.stringify(next));
    },
  };
}

export type PagedList<Item> = ReturnType<typeof usePagedList<Item, unknown>>;
