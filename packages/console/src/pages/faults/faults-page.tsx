import { Button, Header, SpaceBetween, StatusIndicator, Table } from '@cloudscape-design/components';
import type { Fault } from '@coffee/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client as api, faultsQuery } from '../../api/queries.ts';
import { PlaceOrderButton } from '../../components/links.tsx';
import { Empty, Loaded } from '../../components/status.tsx';
import { failure, useFlash } from '../../shell/flash.tsx';
import { Page } from '../../shell/page.tsx';
import { FaultForm } from './fault-form.tsx';

export function FaultsPage() {
  const query = useQuery(faultsQuery);
  return (
    <Page
      title="Faults"
      contentType="form"
      description="Make a port of the application fail, place an order, and watch the state machine retry. Faults are cleared when the server stops."
      actions={<PlaceOrderButton />}
    >
      <Loaded query={query} what="the faults">
        {(faults) => (
          <SpaceBetween size="l">
            <FaultTable faults={faults.faults} />
            <FaultForm faults={faults} />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}

function whatHappens(fault: Fault): string {
  if (fault.kind === 'slow') return `Slow by ${fault.milliseconds} ms`;
  return fault.kind === 'before' ? 'Fails before the work' : 'Fails after the work';
}

function howOften({ times }: Fault): string {
  if (times === 'always') return 'Always';
  return times === 1 ? 'The next time' : `The next ${times} times`;
}

function FaultTable({ faults }: { readonly faults: readonly Fault[] }) {
  const client = useQueryClient();
  const { show } = useFlash();
  const clearing = useMutation({
    mutationFn: () => api.clearFaults(),
    onSuccess: () => show({ id: 'fault', type: 'success', content: 'All faults were cleared.' }),
    onError: (error) => show(failure('fault', 'The faults were not cleared', error)),
    onSettled: () => client.invalidateQueries({ queryKey: faultsQuery.queryKey }),
  });
  return (
    <Table
      items={faults}
      trackBy={({ port, method }) => `${port}.${method}`}
      ariaLabels={{ tableLabel: 'Current faults' }}
      header={
        <Header
          variant="h2"
          counter={`(${faults.length})`}
          actions={
            <Button disabled={faults.length === 0} loading={clearing.isPending} onClick={() => clearing.mutate()}>
              Clear all
            </Button>
          }
        >
          Current faults
        </Header>
      }
      empty={<Empty title="No faults" text="Every port works. Set a fault below to make one fail." />}
      columnDefinitions={[
        { id: 'method', header: 'Method', isRowHeader: true, cell: ({ port, method }) => `${port}.${method}` },
        {
          id: 'kind',
          header: 'What happens',
          cell: (fault) => (
            <StatusIndicator type={fault.kind === 'slow' ? 'warning' : 'error'}>{whatHappens(fault)}</StatusIndicator>
          ),
        },
        { id: 'times', header: 'How often', cell: howOften },
      ]}
    />
  );
}
