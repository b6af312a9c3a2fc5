import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PageRequest } from '../api/calls.ts';
import type { Page } from '../api/wire.ts';

/** A list that is read page by page. */
export interface PagedList<Item> {
  readonly items: readonly Item[];
  readonly loading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** From 1. */
  readonly pageIndex: number;
  readonly pagesKnown: number;
  readonly hasMore: boolean;
  readonly goTo: (pageIndex: number) => void;
}

interface Position {
  readonly list: string;
  /** The cursor of each page that was come to; the first has none. */
  readonly cursors: readonly (string | undefined)[];
  readonly index: number;
}

/**
 * Reads one page of a list at a time, by cursors. Another `key` or page size is another list, which begins at its first
 * page.
 */
export function usePageCursor<Item>(options: {
  readonly key: readonly unknown[];
  readonly pageSize: number;
  readonly read: (request: PageRequest) => Promise<Page<Item>>;
}): PagedList<Item> {
  const { key, pageSize, read } = options;
  const list = JSON.stringify([key, pageSize]);
  const start: Position = { list, cursors: [undefined], index: 0 };
  const [kept, setPosition] = useState(start);
  const position = kept.list === list ? kept : start;
  const cursor = position.cursors[position.index];

  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: [...key, pageSize, cursor],
    queryFn: () => read({ limit: pageSize, cursor }),
    placeholderData: keepPreviousData,
  });

  const goTo = (pageIndex: number): void => {
    const index = pageIndex - 1;
    if (index < position.cursors.length && index !== position.index + 1) setPosition({ ...position, index });
    else if (index === position.index + 1 && data?.next !== undefined && !isPlaceholderData) {
      // New items may have moved this page since: the one after it begins where this one ends now.
      setPosition({ list, cursors: [...position.cursors.slice(0, index), data.next], index });
    }
  };

  return {
    items: data?.items ?? [],
    loading: isPending,
    error: data === undefined ? error : null,
    retry: () => void refetch(),
    pageIndex: position.index + 1,
    pagesKnown: Math.max(position.cursors.length, position.index + (data?.next === undefined ? 1 : 2)),
    hasMore: data?.next !== undefined,
    goTo,
  };
}
