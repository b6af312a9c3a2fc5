import { Button, Grid, KeyValuePairs, SegmentedControl, SpaceBetween } from '@cloudscape-design/components';
import type { Execution, Workflow } from '@coffee/api';
import { invoiceKeyOf, mayOperate } from '@coffee/domain';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client as api, executionQuery, workflowQuery } from '../../api/queries.ts';
import { CopyButton } from '../../components/copy.tsx';
import { formatDateTime, formatRun } from '../../components/format.ts';
import { InvoiceLink, MailLink, OrderLink } from '../../components/links.tsx';
import { ExecutionStatusIndicator, Loaded } from '../../components/status.tsx';
import { failure, useFlash } from '../../shell/flash.tsx';
import { Page, Section } from '../../shell/page.tsx';
import { paths } from '../../shell/paths.ts';
import { useCaller } from '../../sign-in/use-session.ts';
import { EventHistory } from './event-history.tsx';
import { readInput } from './execution-input.ts';
import { GraphView } from './graph-view.tsx';
import type { StateRun, StateRuns } from './state-runs.ts';
import { stateRuns } from './state-runs.ts';
import { ErrorAlert, StateDetails, StateTable } from './states.tsx';

const missing = {
  header: 'There is no such execution',
  text: 'An execution is named by its order ID. This server never started one with this name.',
  action: <Button href={paths.executions}>View executions</Button>,
};

export function ExecutionPage({ orderid }: { readonly orderid: string }) {
  const mayRedrive = mayOperate(useCaller());
  const execution = useQuery(executionQuery(orderid));
  const workflow = useQuery(workflowQuery);
  return (
    <Page
      title={orderid}
      parent={{ text: 'Executions', href: paths.executions }}
      contentType="table"
      actions={mayRedrive && execution.data?.status === 'FAILED' && <Redrive orderid={orderid} />}
    >
      <Loaded query={execution} what="the execution" missing={missing}>
        {(detail) => (
          <Loaded query={workflow} what="the state machine">
            {(definition) => <ExecutionPanels execution={detail} workflow={definition} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Redrive({ orderid }: { readonly orderid: string }) {
  const client = useQueryClient();
  const { show } = useFlash();
  const redriving = useMutation({
    mutationFn: () => api.redriveExecution(orderid),
    onSuccess: () =>
      show({ id: 'redrive', type: 'success', content: 'The execution continues at the state that failed.' }),
    onError: (error) => show(failure('redrive', 'The execution was not redriven', error)),
    onSettled: () => client.invalidateQueries({ queryKey: executionQuery(orderid).queryKey }),
  });
  return (
    <Button variant="primary" loading={redriving.isPending} onClick={() => redriving.mutate()}>
      Redrive
    </Button>
  );
}

/** The state to show first: the one that failed, else the one that runs, else the first. */
function interesting(runs: StateRuns, workflow: Workflow): string {
  const found = (status: StateRun['status']) => [...runs].find(([, run]) => run.status === status)?.[0];
  return found('failed') ?? found('running') ?? workflow.StartAt;
}

const views = [
  { id: 'graph', text: 'Graph view' },
  { id: 'table', text: 'Table view' },
];

function ExecutionPanels({ execution, workflow }: Readonly<{ execution: Execution; workflow: Workflow }>) {
  const { input, history, status, error, cause } = execution;
  const runs = useMemo(() => stateRuns(readInput(input).shown, history), [input, history]);
  const [view, setView] = useState('graph');
  const [chosen, setChosen] = useState<string>();
  const selected = chosen ?? interesting(runs, workflow);
  const change = ({ detail }: { detail: { selectedId: string } }): void => setView(detail.selectedId);

  return (
    <SpaceBetween size="l">
      {status === 'FAILED' && <ErrorAlert type="error" error={error ?? 'The execution failed'} cause={cause} />}
      <Summary execution={execution} runs={runs} />
      <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
        <Section
          title="State machine"
          actions={<SegmentedControl label="View" selectedId={view} onChange={change} options={views} />}
        >
          {view === 'graph' ? (
            <GraphView {...{ workflow, runs, status, selected }} onSelect={setChosen} />
          ) : (
            <StateTable {...{ workflow, runs, selected }} onSelect={setChosen} />
          )}
        </Section>
        <StateDetails name={selected} workflow={workflow} runs={runs} />
      </Grid>
      <EventHistory history={history} startDate={execution.startDate} />
    </SpaceBetween>
  );
}

function Summary({ execution, runs }: { readonly execution: Execution; readonly runs: StateRuns }) {
  const { orderid, executionArn, status, startDate, stopDate, input } = execution;
  const { order } = readInput(input);
  const retries = [...runs.values()].reduce((sum, run) => sum + run.retries, 0);
  return (
    <Section title="Details" actions={<CopyButton label="Copy ARN" what="ARN" text={executionArn} />}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Execution status', value: <ExecutionStatusIndicator status={status} /> },
          { label: 'Start time', value: formatDateTime(startDate * 1000) },
          { label: 'End time', value: stopDate === undefined ? '–' : formatDateTime(stopDate * 1000) },
          { label: 'Duration', value: formatRun(startDate, stopDate) },
          { label: 'Retries', value: String(retries) },
          { label: 'Order', value: order ? <OrderLink {...order} /> : '–' },
          { label: 'Invoice', value: order ? <InvoiceLink {...invoiceKeyOf(order)} /> : '–' },
          { label: 'Email', value: <MailLink orderid={orderid} /> },
        ]}
      />
    </Section>
  );
}
