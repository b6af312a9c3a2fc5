import { Button, Select, SpaceBetween, TextFilter } from '@cloudscape-design/components';
import type { ExecutionState, ExecutionStatus } from '@coffee/api';
import { useState } from 'react';
import { client } from '../../api/queries.ts';
import { formatDateTime, formatRun } from '../../components/format.ts';
import { ExecutionLink, PlaceOrderButton } from '../../components/links.tsx';
import type { PageRequest, Place } from '../../components/paged-list.ts';
import { filled, inTurn, usePagedList } from '../../components/paged-list.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import type { EmptyProps } from '../../components/status.tsx';
import { ExecutionStatusIndicator } from '../../components/status.tsx';
import { paths } from '../../shell/paths.ts';

interface View {
  readonly value: string;
  readonly label: string;
  /** The lists it shows, one after the other; `undefined` is that of every status. */
  readonly statuses: readonly (ExecutionStatus | undefined)[];
}

const newest: View = { value: 'newest', label: 'All, newest first', statuses: [undefined] };
const views: readonly View[] = [
  newest,
  { value: 'failed-first', label: 'All, failed first', statuses: ['FAILED', 'RUNNING', 'SUCCEEDED'] },
  { value: 'running', label: 'Running', statuses: ['RUNNING'] },
  { value: 'succeeded', label: 'Succeeded', statuses: ['SUCCEEDED'] },
  { value: 'failed', label: 'Failed', statuses: ['FAILED'] },
];

const columns: readonly Column<ExecutionState>[] = [
  { id: 'name', header: 'Name', minWidth: 330, cell: ({ orderid }) => <ExecutionLink orderid={orderid} /> },
  { id: 'status', header: 'Status', minWidth: 130, cell: ({ status }) => <ExecutionStatusIndicator status={status} /> },
  { id: 'started', header: 'Started', minWidth: 190, cell: ({ startDate }) => formatDateTime(startDate * 1000) },
  { id: 'duration', header: 'Duration', minWidth: 110, cell: (run) => formatRun(run.startDate, run.stopDate) },
  { id: 'error', header: 'Error', minWidth: 130, cell: ({ error }) => error ?? '–' },
];

async function listExecutions(status: ExecutionStatus | undefined, page: PageRequest<number>) {
  const { executions, next } = await client.listExecutions(filled({ status, ...page }));
  return { items: executions, next };
}

function emptyOf({ value, label }: View, name: string): EmptyProps {
  if (name !== '') {
    return {
      title: 'No match on this page',
      text: 'The name of an execution is its order ID. Enter a full ID to open its execution.',
      action: <Button href={paths.execution(name)}>{`Open ${name}`}</Button>,
    };
  }
  if (value === 'newest' || value === 'failed-first') return { title: 'No executions', text: 'Each order starts one.' };
  const text = 'Executions with another status are in the other views.';
  return { title: `No ${label.toLowerCase()} executions`, text, action: undefined };
}

/** Every execution, page by page, as they start and end. */
export function ExecutionsPage() {
  const [view, setView] = useState(newest);
  const [sought, setSought] = useState('');
  const list = usePagedList('executions', [view.value], (page: PageRequest<Place<number>>) =>
    inTurn(view.statuses, listExecutions, page),
  );
  const name = sought.trim();
  const items = list.items.filter(({ orderid }) => orderid.toLowerCase().includes(name.toLowerCase()));

  return (
    <PagedTable
      title="Executions"
      description="What became of each order. The list updates as orders run."
      actions={<PlaceOrderButton variant="primary" />}
      list={list}
      items={items}
      columns={columns}
      trackBy={({ orderid }) => orderid}
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
              setView(views.find(({ value }) => value === detail.selectedOption.value) ?? newest)
            }
          />
        </SpaceBetween>
      }
      empty={emptyOf(view, name)}
    />
  );
}
