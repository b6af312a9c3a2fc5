import { useCollection } from '@cloudscape-design/collection-hooks';
import { Box, Header, Pagination, Popover, StatusIndicator, Table } from '@cloudscape-design/components';
import type { Execution, HistoryEvent } from '@coffee/api';
import { formatClock, formatDuration } from '../../components/format.ts';
import { JsonTree } from '../../components/json-tree.tsx';
import { readCause } from './state-runs.ts';

/** The status an event is marked with: most are not. */
function statusOf(type: string): 'success' | 'error' | 'warning' | undefined {
  if (/Succeeded$/.test(type)) return 'success';
  if (/Failed$|TimedOut$|Aborted$/.test(type)) return 'error';
  return /Retried$|Caught$/.test(type) ? 'warning' : undefined;
}

function Type({ type }: HistoryEvent) {
  const status = statusOf(type);
  return status === undefined ? type : <StatusIndicator type={status}>{type}</StatusIndicator>;
}

/** What an event says apart from its time and place. */
function noteOf({ type, error, cause, attempt }: HistoryEvent): string {
  const count = attempt === undefined ? '' : `${type === 'StateRetried' ? 'Retry' : 'Attempt'} ${attempt}`;
  const { message } = readCause(cause);
  return [count, error, message === error ? '' : message].filter(Boolean).join(': ');
}

export function EventHistory({ history, startDate }: Pick<Execution, 'history' | 'startDate'>) {
  const { items, collectionProps, paginationProps } = useCollection(history, {
    pagination: { pageSize: 30 },
    sorting: { defaultState: { sortingColumn: { sortingField: 'id' } } },
  });
  return (
    <Table
      {...collectionProps}
      items={items}
      trackBy="id"
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Events' }}
      header={
        <Header variant="h2" counter={`(${history.length})`}>
          Events
        </Header>
      }
      {...(history.length > 30 ? { pagination: <Pagination {...paginationProps} /> } : {})}
      empty={<Box textAlign="center">The execution has just started.</Box>}
      columnDefinitions={[
        { id: 'id', header: 'ID', width: 80, sortingField: 'id', isRowHeader: true, cell: ({ id }) => id },
        { id: 'type', header: 'Type', minWidth: 180, cell: Type },
        { id: 'state', header: 'State', minWidth: 150, cell: ({ state }) => state ?? '–' },
        { id: 'note', header: 'Note', minWidth: 220, cell: (event) => noteOf(event) || '–' },
        {
          id: 'after',
          header: 'After start',
          minWidth: 120,
          cell: ({ timestamp }) => formatDuration(Date.parse(timestamp) - startDate * 1000),
        },
        { id: 'time', header: 'Time', minWidth: 130, cell: ({ timestamp }) => formatClock(timestamp) },
        {
          id: 'json',
          header: 'Event',
          minWidth: 90,
          cell: (event) => (
            <Popover
              size="large"
              position="left"
              renderWithPortal
              fixedWidth
              dismissAriaLabel="Close"
              header={`Event ${event.id}`}
              content={<JsonTree value={event} label={`Event ${event.id}`} />}
            >
              JSON
            </Popover>
          ),
        },
      ]}
    />
  );
}
