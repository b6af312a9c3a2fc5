import { Link, StatusIndicator, Table } from '@cloudscape-design/components';
import type { Workflow } from '../../api/wire.ts';
import { formatClock, formatDuration } from '../../components/format-time.ts';
import type { StateRun } from './state-runs.ts';
import { millisecondsBetween, runOf } from './state-runs.ts';
import { stateStatuses } from './state-status.ts';

interface StateTableProps {
  readonly workflow: Workflow;
  readonly runs: ReadonlyMap<string, StateRun>;
  readonly selected: string;
  readonly onSelect: (state: string) => void;
}

/** The states as a table: what the drawing tells by colours, in words. */
export function StateTable({ workflow, runs, selected, onSelect }: StateTableProps) {
  const items = Object.entries(workflow.States).map(([name, { Type }]) => ({ name, type: Type, ...runOf(runs, name) }));
  return (
    <Table
      variant="embedded"
      items={items}
      trackBy="name"
      ariaLabels={{ tableLabel: 'States' }}
      columnDefinitions={[
        {
          id: 'name',
          header: 'Name',
          isRowHeader: true,
          cell: ({ name }) => (
            <Link onFollow={() => onSelect(name)} ariaLabel={name === selected ? `${name}, selected` : name}>
              {name}
            </Link>
          ),
        },
        { id: 'type', header: 'Type', cell: ({ type }) => type },
        {
          id: 'status',
          header: 'Status',
          cell: ({ status }) => (
            <StatusIndicator type={stateStatuses[status].type}>{stateStatuses[status].text}</StatusIndicator>
          ),
        },
        { id: 'retries', header: 'Retries', cell: ({ retries }) => retries },
        {
          id: 'started',
          header: 'Started',
          cell: ({ enteredAt }) => (enteredAt ? formatClock(Date.parse(enteredAt)) : '–'),
        },
        {
          id: 'duration',
          header: 'Duration',
          cell: ({ enteredAt, leftAt }) =>
            enteredAt && leftAt ? formatDuration(millisecondsBetween(enteredAt, leftAt)) : '–',
        },
      ]}
    />
  );
}
