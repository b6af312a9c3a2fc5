import {
  Alert,
  Box,
  ExpandableSection,
  KeyValuePairs,
  Link,
  SpaceBetween,
  StatusIndicator,
  Table,
  Tabs,
} from '@cloudscape-design/components';
import type { Workflow } from '@coffee/api';
import { CopyButton } from '../../components/copy.tsx';
import { formatClock, formatDuration } from '../../components/format.ts';
import { JsonTree } from '../../components/json-tree.tsx';
import { Section } from '../../shell/page.tsx';
import type { StateRun, StateRuns } from './state-runs.ts';
import { readCause, runOf, stateStatuses } from './state-runs.ts';

const startOf = ({ enteredAt }: StateRun): string => (enteredAt ? formatClock(enteredAt) : '–');

const durationOf = ({ enteredAt, leftAt }: StateRun): string =>
  enteredAt && leftAt ? formatDuration(Date.parse(leftAt) - Date.parse(enteredAt)) : '–';

type StateDetailsProps = Readonly<{ name: string; workflow: Workflow; runs: StateRuns }>;

export function StateDetails({ name, workflow, runs }: StateDetailsProps) {
  const run = runOf(runs, name);
  const definition = workflow.States[name];
  const json = (label: string, value: unknown, given: boolean) => ({
    id: label,
    label,
    content: <Json what={label.toLowerCase()} value={value} given={given} />,
  });
  return (
    <Section title={name} fitHeight>
      <Tabs
        tabs={[
          json('Input', run.input, run.enteredAt !== undefined),
          json('Output', run.output, run.leftAt !== undefined && run.status !== 'failed'),
          { id: 'Details', label: 'Details', content: <Details run={run} type={definition?.Type} /> },
          json('Definition', definition, definition !== undefined),
        ]}
      />
    </Section>
  );
}

function Json({ what, value, given }: Readonly<{ what: string; value: unknown; given: boolean }>) {
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
  const { status, retries, error, cause } = run;
  return (
    <SpaceBetween size="l">
      {error && <ErrorAlert type={status === 'failed' ? 'error' : 'warning'} error={error} cause={cause} />}
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Status', value: <StatusIndicator {...stateStatuses[status]} /> },
          { label: 'Type', value: type ?? '–' },
          { label: 'Retries', value: String(retries) },
          { label: 'Started', value: startOf(run) },
          { label: 'Duration', value: durationOf(run) },
        ]}
      />
    </SpaceBetween>
  );
}

type ErrorAlertProps = Readonly<{ type: 'error' | 'warning'; error: string; cause: string | undefined }>;

/** The error of a state or an execution, with its cause in a sentence, and in full on request. */
export function ErrorAlert({ type, error, cause }: ErrorAlertProps) {
  const { message, answer } = readCause(cause);
  return (
    <Alert type={type} header={error} action={cause && <CopyButton what="cause" text={cause} />}>
      <SpaceBetween size="xs">
        {message}
        {answer && (
          <ExpandableSection headerText="Cause">
            <JsonTree value={answer} label="Cause" />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Alert>
  );
}

export interface StatesProps {
  readonly workflow: Workflow;
  readonly runs: StateRuns;
  readonly selected: string;
  readonly onSelect: (state: string) => void;
}

export function StateTable({ workflow, runs, selected, onSelect }: StatesProps) {
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
