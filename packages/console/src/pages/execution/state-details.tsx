import {
  Box,
  Container,
  Header,
  KeyValuePairs,
  SpaceBetween,
  StatusIndicator,
  Tabs,
} from '@cloudscape-design/components';
import type { Workflow } from '../../api/wire.ts';
import { CopyButton } from '../../components/copy.tsx';
import { formatClock, formatDuration } from '../../components/format-time.ts';
import { JsonTree } from '../../components/json-tree.tsx';
import { ErrorAlert } from './error-alert.tsx';
import type { StateRun } from './state-runs.ts';
import { millisecondsBetween, runOf } from './state-runs.ts';
import { stateStatuses } from './state-status.ts';

interface StateDetailsProps {
  readonly name: string;
  readonly workflow: Workflow;
  readonly runs: ReadonlyMap<string, StateRun>;
}

/** Everything about the state that is selected. */
export function StateDetails({ name, workflow, runs }: StateDetailsProps) {
  const run = runOf(runs, name);
  const entered = run.enteredAt !== undefined;
  const left = run.leftAt !== undefined;
  return (
    <Container header={<Header variant="h2">{name}</Header>} fitHeight>
      <Tabs
        tabs={[
          { id: 'input', label: 'Input', content: <Json what="input" value={run.input} given={entered} /> },
          {
            id: 'output',
            label: 'Output',
            content: <Json what="output" value={run.output} given={left && run.status !== 'failed'} />,
          },
          { id: 'details', label: 'Details', content: <Details run={run} type={workflow.States[name]?.Type} /> },
          {
            id: 'definition',
            label: 'Definition',
            content: <Json what="definition" value={workflow.States[name]} given={name in workflow.States} />,
          },
        ]}
      />
    </Container>
  );
}

function Json({ what, value, given }: { readonly what: string; readonly value: unknown; readonly given: boolean }) {
  if (!given) return <Box color="text-body-secondary">The state has no {what} yet.</Box>;
  return (
    <SpaceBetween size="s">
      <Box float="right">
        <CopyButton what={what} text={JSON.stringify(value, null, 2)} />
      </Box>
      <JsonTree value={value} label={`State ${what}`} />
    </SpaceBetween>
  );
}

function Details({ run, type }: { readonly run: StateRun; readonly type: string | undefined }) {
  const { status, retries, enteredAt, leftAt, error, cause } = run;
  return (
    <SpaceBetween size="l">
      {error !== undefined && (
        <ErrorAlert type={status === 'failed' ? 'error' : 'warning'} error={error} cause={cause} />
      )}
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: 'Status',
            value: <StatusIndicator type={stateStatuses[status].type}>{stateStatuses[status].text}</StatusIndicator>,
          },
          { label: 'Type', value: type ?? '–' },
          { label: 'Retries', value: String(retries) },
          { label: 'Started', value: enteredAt === undefined ? '–' : formatClock(Date.parse(enteredAt)) },
          {
            label: 'Duration',
            value: enteredAt && leftAt ? formatDuration(millisecondsBetween(enteredAt, leftAt)) : '–',
          },
        ]}
      />
    </SpaceBetween>
  );
}
