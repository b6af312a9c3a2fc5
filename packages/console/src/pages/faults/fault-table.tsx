import { Button, Header, StatusIndicator, Table } from '@cloudscape-design/components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clearFaults } from '../../api/calls.ts';
import { faultsQuery } from '../../api/queries.ts';
import type { Fault, FaultKind } from '../../api/wire.ts';
import { Empty } from '../../components/empty.tsx';
import { failure, useFlash } from '../../shell/flash.tsx';

const kinds: Readonly<Record<FaultKind, string>> = {
  before: 'Fails before the work',
  after: 'Fails after the work',
  slow: 'Slow',
};

/** The faults that are set. */
export function FaultTable({ faults }: { readonly faults: readonly Fault[] }) {
  const client = useQueryClient();
  const { show } = useFlash();
  const clearing = useMutation({
    mutationFn: clearFaults,
    onSuccess: () => show({ id: 'fault', type: 'success', content: 'All faults were cleared.' }),
    onError: (error) => show(failure('fault', 'The faults were not cleared', error)),
    onSettled: () => client.invalidateQueries({ queryKey: faultsQuery.queryKey }),
  });
  return (
    <Table
      items={faults}
      trackBy={({ port, method }) => `${port}.${method}`}
      ariaLabels={{ tableLabel: 'Faults that are set' }}
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
          Faults that are set
        </Header>
      }
      empty={<Empty title="No faults" text="Every port works. Set a fault below to make one fail." />}
      columnDefinitions={[
        {
          id: 'method',
          header: 'Method',
          isRowHeader: true,
          cell: ({ port, method }) => `${port}.${method}`,
        },
        {
          id: 'kind',
          header: 'What happens',
          cell: ({ kind, milliseconds }) => (
            <StatusIndicator type={kind === 'slow' ? 'warning' : 'error'}>
              {kinds[kind]}
              {kind === 'slow' && ` by ${milliseconds} ms`}
            </StatusIndicator>
          ),
        },
        {
          id: 'times',
          header: 'How often',
          cell: ({ times }) => (times === 'always' ? 'Always' : `The next ${times === 1 ? 'time' : `${times} times`}`),
        },
      ]}
    />
  );
}
