import { ContentLayout, Header, SpaceBetween } from '@cloudscape-design/components';
import { useQuery } from '@tanstack/react-query';
import { faultsQuery } from '../../api/queries.ts';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { RouteButton } from '../../components/route-link.tsx';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';
import { FaultForm } from './fault-form.tsx';
import { FaultTable } from './fault-table.tsx';

/** Make a port fail, and watch the retries do their work. */
export function FaultsPage() {
  usePage('Faults', [], 'form');
  const { data, error, refetch } = useQuery(faultsQuery);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Make a port of the application fail, place an order, and watch the state machine retry it. A fault is forgotten when the server stops."
          actions={<RouteButton to={paths.placeOrder}>Place an order</RouteButton>}
        >
          Faults
        </Header>
      }
    >
      {data && (
        <SpaceBetween size="l">
          <FaultTable faults={data.faults} />
          <FaultForm faults={data} />
        </SpaceBetween>
      )}
      {!data && !error && <Loading>Loading the faults</Loading>}
      {!data && error && <Problem header="The faults could not be read" error={error} onRetry={refetch} />}
    </ContentLayout>
  );
}
