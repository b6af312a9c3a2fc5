import { Link, StatusIndicator, Table } from '@cloudscape-design/components';
import type { Workflow } from '../../api/wire.ts';
import { durationOf, startOf } from './state-details.tsx';
import type { StateRuns } from './state-runs.ts';
import { runOf, stateStatuses } from './state-runs.ts';

interface StateTableProps {
  readonly workflow: Workflow;
  readonly runs: StateRuns;
  readonly selected: string;
  readonly onSelect: (state: string) => void;
}

/** The states as a table: in words, what the graph shows in colours. */
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
        { id: 'status', header: 'Status', cell: ({ status }) => <StatusIndicator {...stateStatuses[status]} /> },
        { id: 'retries', header: 'Retries', cell: ({ retries }) => retries },
        { id: 'started', header: 'Started', cell: (run) => startOf(run) },
        { id: 'duration', header: 'Duration', cell: (run) => durationOf(run) },
      ]}
    />
  );
}
