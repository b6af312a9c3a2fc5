import { Header, Select, SpaceBetween, TextFilter } from '@cloudscape-design/components';
import { useState } from 'react';
import { listExecutions } from '../../api/calls.ts';
import type { ExecutionSummary } from '../../api/wire.ts';
import { counterOf } from '../../components/counter-of.ts';
import { Empty } from '../../components/empty.tsx';
import { ExecutionStatusIndicator } from '../../components/execution-status.tsx';
import { formatDateTime, formatDuration } from '../../components/format-time.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { RouteButton, RouteLink } from '../../components/route-link.tsx';
import { useTablePreferences } from '../../components/table-preferences.ts';
import { usePageCursor } from '../../components/use-page-cursor.ts';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';
import { failedFirst } from './failed-first.ts';

const views = [
  { value: 'newest', label: 'All, newest first' },
  { value: 'failed-first', label: 'All, failed first' },
  { value: 'RUNNING', label: 'Running' },
  { value: 'SUCCEEDED', label: 'Succeeded' },
  { value: 'FAILED', label: 'Failed' },
] as const;

type View = (typeof views)[number];

const columns: readonly Column<ExecutionSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    minWidth: 330,
    cell: ({ orderid }) => <RouteLink to={paths.execution(orderid)}>{orderid}</RouteLink>,
  },
  { id: 'status', header: 'Status', minWidth: 130, cell: ({ status }) => <ExecutionStatusIndicator status={status} /> },
  { id: 'started', header: 'Started', minWidth: 190, cell: ({ startDate }) => formatDateTime(startDate * 1000) },
  {
    id: 'duration',
    header: 'Duration',
    minWidth: 110,
    cell: ({ startDate, stopDate }) => (stopDate === undefined ? '–' : formatDuration((stopDate - startDate) * 1000)),
  },
  { id: 'error', header: 'Error', minWidth: 130, cell: ({ error }) => error ?? '–' },
];

function reader({ value }: View): Parameters<typeof usePageCursor<ExecutionSummary>>[0]['read'] {
  if (value === 'failed-first') return (request) => failedFirst(listExecutions, request);
  return (request) => listExecutions(value === 'newest' ? undefined : value, request);
}

/** Every execution, page by page, as they start and end. */
export function ExecutionsPage() {
  usePage('Executions', [], 'table');
  const [view, setView] = useState<View>(views[0]);
  const [sought, setSought] = useState('');
  const [preferences, setPreferences] = useTablePreferences('executions');
  const all = usePageCursor({ key: ['executions', view.value], pageSize: preferences.pageSize, read: reader(view) });
  const name = sought.trim().toLowerCase();
  const items = all.items.filter(({ orderid }) => orderid.toLowerCase().includes(name));

  return (
    <PagedTable
      name="executions"
      list={{ ...all, items }}
      columns={columns}
      trackBy={({ orderid }) => orderid}
      preferences={preferences}
      onPreferences={setPreferences}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={counterOf(all, preferences.pageSize)}
          description="What became of each order. The list follows what happens."
          actions={
            <RouteButton variant="primary" to={paths.placeOrder}>
              Place an order
            </RouteButton>
          }
        >
          Executions
        </Header>
      }
      filter={
        <SpaceBetween size="xs" direction="horizontal">
          <TextFilter
            filteringText={sought}
            filteringPlaceholder="Find on this page by name"
            filteringAriaLabel="Find on this page by name"
            countText={`${items.length} ${items.length === 1 ? 'match' : 'matches'}`}
            onChange={({ detail }) => setSought(detail.filteringText)}
          />
          <Select
            ariaLabel="Which executions"
            selectedOption={view}
            options={views}
            onChange={({ detail }) =>
              setView(views.find(({ value }) => value === detail.selectedOption.value) ?? views[0])
            }
          />
        </SpaceBetween>
      }
      empty={name === '' ? <NoExecutions view={view} /> : <NoMatch name={sought.trim()} />}
    />
  );
}

function NoExecutions({ view }: { readonly view: View }) {
  const any = view.value === 'newest' || view.value === 'failed-first';
  return (
    <Empty
      title={any ? 'No executions' : `No executions that are ${view.label.toLowerCase()}`}
      text={any ? 'Each order that is placed starts one.' : 'Executions in other states are in the other views.'}
      action={any && <RouteButton to={paths.placeOrder}>Place an order</RouteButton>}
    />
  );
}

function NoMatch({ name }: { readonly name: string }) {
  return (
    <Empty
      title="No match on this page"
      text="The name of an execution is its order ID. A whole one opens it, wherever it is."
      action={<RouteButton to={paths.execution(name)}>{`Open ${name}`}</RouteButton>}
    />
  );
}
