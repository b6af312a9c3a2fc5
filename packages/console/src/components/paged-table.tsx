import {
  Cards,
  CollectionPreferences,
  FormField,
  Header,
  Input,
  Pagination,
  Table,
} from '@cloudscape-design/components';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useNarrow } from '../shell/appearance.tsx';
import { usePage } from '../shell/page.tsx';
import { PlaceOrderButton } from './links.tsx';
import type { PagedList } from './paged-list.ts';
import { counterOf, displayOf } from './paged-list.ts';
import type { EmptyProps } from './status.tsx';
import { Empty, Unread } from './status.tsx';

/** A column, or a section of a card where there is no room for columns. The first one names the row. */
export interface Column<Item> {
  readonly id: string;
  readonly header: string;
  readonly cell: (item: Item) => ReactNode;
  readonly minWidth?: number;
}

interface PagedTableProps<Item> {
  readonly title: string;
  readonly description: string;
  readonly actions?: ReactNode;
  readonly list: PagedList<Item>;
  /** The items of the page that are shown; all of them by default. */
  readonly items?: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly trackBy: (item: Item) => string;
  readonly filter?: ReactNode;
  readonly empty: EmptyProps;
}

/** A page with a list: a table, or cards on a narrow screen, with pagination and preferences. */
export function PagedTable<Item>(props: PagedTableProps<Item>) {
  const { title, description, actions, list, items = list.items, columns, trackBy, filter, empty } = props;
  const { name, error, preferences, setPreferences } = list;
  usePage(title, 'table');
  const narrow = useNarrow();
  const [first, ...others] = columns;
  const display = displayOf(columns, preferences);

  const shared = {
    items,
    trackBy,
    header: (
      <Header variant="awsui-h1-sticky" counter={counterOf(list)} description={description} actions={actions}>
        {title}
      </Header>
    ),
    filter,
    empty: error ? (
      <Unread header={`The ${name} could not be read`} error={error} retry={list.retry} />
    ) : (
      <Empty action={<PlaceOrderButton />} {...empty} />
    ),
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
        preferences={{ ...preferences, contentDisplay: display }}
        pageSizePreference={{ options: [20, 50, 100].map((value) => ({ value, label: `${value} ${name}` })) }}
        wrapLinesPreference={{}}
        contentDisplayPreference={{
          options: columns.map(({ id, header: label }, index) => ({ id, label, alwaysVisible: index === 0 })),
        }}
        onConfirm={({ detail: { pageSize = preferences.pageSize, wrapLines = false, contentDisplay = [] } }) =>
          setPreferences({ pageSize, wrapLines, display: contentDisplay.map(({ id, visible }) => ({ id, visible })) })
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
          sections: others.map(({ id, header, cell }) => ({ id, header, content: cell, width: 50 })),
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

/** A field for an exact value that a list is filtered by. The list is read once typing has paused, not for every letter. */
export function useSearchField(label: string, placeholder: string) {
  const [text, setText] = useState('');
  const [value, setValue] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setValue(text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text]);
  const change = ({ detail }: { detail: { value: string } }): void => setText(detail.value);
  const field = (
    <FormField label={label}>
      <Input type="search" placeholder={placeholder} value={text} spellcheck={false} onChange={change} />
    </FormField>
  );
  return { value, field, clear: () => setText('') };
}
