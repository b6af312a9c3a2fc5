import { Cards, CollectionPreferences, Pagination, Table } from '@cloudscape-design/components';
import type { ReactNode } from 'react';
import { useNarrow } from '../shell/use-media-query.ts';
import { Problem } from './problem.tsx';
import type { TablePreferences } from './table-preferences.ts';
import { displayOf } from './table-preferences.ts';
import type { PagedList } from './use-page-cursor.ts';

/** A column, or a section of a card where there is no room for columns. The first one names the row. */
export interface Column<Item> {
  readonly id: string;
  readonly header: string;
  readonly cell: (item: Item) => ReactNode;
  readonly minWidth?: number;
}

interface PagedTableProps<Item> {
  /** What the rows are, in the plural: `executions`. */
  readonly name: string;
  readonly list: PagedList<Item>;
  readonly columns: readonly Column<Item>[];
  readonly trackBy: (item: Item) => string;
  readonly header: ReactNode;
  readonly filter?: ReactNode;
  readonly empty: ReactNode;
  readonly preferences: TablePreferences;
  readonly onPreferences: (preferences: TablePreferences) => void;
}

/** A list read page by page: a table, or cards on a narrow screen, with pagination and preferences. */
export function PagedTable<Item>(props: PagedTableProps<Item>) {
  const { name, list, columns, trackBy, header, filter, preferences, onPreferences } = props;
  const narrow = useNarrow();
  const [first, ...others] = columns;
  const display = displayOf(columns, preferences);
  const empty = list.error ? (
    <Problem header={`The ${name} could not be read`} error={list.error} onRetry={list.retry} />
  ) : (
    props.empty
  );

  const shared = {
    items: list.items,
    trackBy,
    header,
    filter,
    empty,
    loading: list.loading,
    loadingText: `Loading ${name}`,
    variant: 'full-page' as const,
    stickyHeader: !narrow,
    pagination: (
      <Pagination
        currentPageIndex={list.pageIndex}
        pagesCount={list.pagesKnown}
        openEnd={list.hasMore}
        onChange={({ detail }) => list.goTo(detail.currentPageIndex)}
      />
    ),
    preferences: (
      <CollectionPreferences
        title="Preferences"
        confirmLabel="Confirm"
        cancelLabel="Cancel"
        preferences={{
          pageSize: preferences.pageSize,
          wrapLines: preferences.wrapLines,
          contentDisplay: display,
        }}
        pageSizePreference={{ options: [20, 50, 100].map((value) => ({ value, label: `${value} ${name}` })) }}
        wrapLinesPreference={{}}
        contentDisplayPreference={{
          options: columns.map(({ id, header: label }, index) => ({ id, label, alwaysVisible: index === 0 })),
        }}
        onConfirm={({ detail }) =>
          onPreferences({
            pageSize: detail.pageSize ?? preferences.pageSize,
            wrapLines: detail.wrapLines ?? false,
            display: (detail.contentDisplay ?? []).map(({ id, visible }) => ({ id, visible })),
          })
        }
      />
    ),
  };

  if (narrow) {
    return (
      <Cards
        {...shared}
        ariaLabels={{ itemSelectionLabel: () => '', selectionGroupLabel: name, cardsLabel: name }}
        visibleSections={display.filter(({ visible }) => visible).map(({ id }) => id)}
        cardDefinition={{
          header: (item) => first?.cell(item),
          sections: others.map(({ id, header: title, cell }) => ({ id, header: title, content: cell, width: 50 })),
        }}
      />
    );
  }
  return (
    <Table
      {...shared}
      enableKeyboardNavigation
      wrapLines={preferences.wrapLines}
      ariaLabels={{ tableLabel: name }}
      columnDisplay={display}
      columnDefinitions={columns.map((column, index) => ({ ...column, isRowHeader: index === 0 }))}
    />
  );
}
