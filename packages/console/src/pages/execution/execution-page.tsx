import {
  Button,
  Container,
  ContentLayout,
  Grid,
  Header,
  SegmentedControl,
  SpaceBetween,
} from '@cloudscape-design/components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { redrive } from '../../api/calls.ts';
import { ApiError } from '../../api/http.ts';
import { executionQuery, workflowQuery } from '../../api/queries.ts';
import type { ExecutionDetail, Workflow } from '../../api/wire.ts';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { RouteButton } from '../../components/route-link.tsx';
import { failure, useFlash } from '../../shell/flash.tsx';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';
import { ErrorAlert } from './error-alert.tsx';
import { EventHistory } from './event-history.tsx';
import { ExecutionSummaryPanel } from './execution-summary.tsx';
import { GraphView } from './graph-view.tsx';
import { StateDetails } from './state-details.tsx';
import type { StateRun } from './state-runs.ts';
import { stateRuns } from './state-runs.ts';
import { StateTable } from './state-table.tsx';

/** One execution: its state machine as it goes, and everything that happened. */
export function ExecutionPage({ orderid }: { readonly orderid: string }) {
  usePage(orderid, [{ text: 'Executions', href: paths.executions }], 'table');
  const execution = useQuery(executionQuery(orderid));
  const workflow = useQuery(workflowQuery);
  const { data } = execution;
  const error = data === undefined ? execution.error : workflow.data === undefined ? workflow.error : null;

  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={data?.status === 'FAILED' && <Redrive orderid={orderid} />}>
          {orderid}
        </Header>
      }
    >
      {data && workflow.data && <Execution execution={data} workflow={workflow.data} />}
      {error && <ExecutionProblem error={error} retry={() => Promise.all([execution.refetch(), workflow.refetch()])} />}
      {(data === undefined || workflow.data === undefined) && error === null && (
        <Loading>Loading the execution</Loading>
      )}
    </ContentLayout>
  );
}

function ExecutionProblem({ error, retry }: { readonly error: Error; readonly retry: () => unknown }) {
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Problem
        header="There is no such execution"
        error={error}
        text="An execution has the ID of its order as its name. This one was never started here."
        action={<RouteButton to={paths.executions}>View executions</RouteButton>}
      />
    );
  }
  return <Problem header="The execution could not be read" error={error} onRetry={retry} />;
}

function Redrive({ orderid }: { readonly orderid: string }) {
  const client = useQueryClient();
  const { show } = useFlash();
  const redriving = useMutation({
    mutationFn: () => redrive(orderid),
    onSuccess: () =>
      show({ id: 'redrive', type: 'success', content: 'The execution goes on at the state that failed.' }),
    onError: (error) => show(failure('redrive', 'The execution was not redriven', error)),
    onSettled: () => client.invalidateQueries({ queryKey: executionQuery(orderid).queryKey }),
  });
  return (
    <Button variant="primary" loading={redriving.isPending} onClick={() => redriving.mutate()}>
      Redrive
    </Button>
  );
}

/** The state to look at first: the one that failed, else the one that runs, else the first. */
function interesting(runs: ReadonlyMap<string, StateRun>, workflow: Workflow): string {
  const found = (status: StateRun['status']) => [...runs].find(([, run]) => run.status === status)?.[0];
  return found('failed') ?? found('running') ?? workflow.StartAt;
}

function Execution({ execution, workflow }: { readonly execution: ExecutionDetail; readonly workflow: Workflow }) {
  const { input, history, status, error, cause } = execution;
  const runs = useMemo(() => stateRuns(input, history), [input, history]);
  const [view, setView] = useState('graph');
  const [chosen, setChosen] = useState<string>();
  const selected = chosen ?? interesting(runs, workflow);

  return (
    <SpaceBetween size="l">
      {status === 'FAILED' && <ErrorAlert type="error" error={error ?? 'The execution failed'} cause={cause} />}
      <ExecutionSummaryPanel execution={execution} runs={runs} />
      <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
        <Container
          header={
            <Header
              variant="h2"
              actions={
                <SegmentedControl
                  label="View"
                  selectedId={view}
                  onChange={({ detail }) => setView(detail.selectedId)}
                  options={[
                    { id: 'graph', text: 'Graph view' },
                    { id: 'table', text: 'Table view' },
                  ]}
                />
              }
            >
              State machine
            </Header>
          }
        >
          {view === 'graph' ? (
            <GraphView {...{ workflow, runs, status, selected }} onSelect={setChosen} />
          ) : (
            <StateTable {...{ workflow, runs, selected }} onSelect={setChosen} />
          )}
        </Container>
        <StateDetails name={selected} workflow={workflow} runs={runs} />
      </Grid>
      <EventHistory history={history} startDate={execution.startDate} />
    </SpaceBetween>
  );
}
