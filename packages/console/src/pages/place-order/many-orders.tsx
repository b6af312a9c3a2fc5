import { Button, ExpandableSection, ProgressBar, SpaceBetween } from '@cloudscape-design/components';
import type { AcceptedOrder } from '@coffee/api';
import type { Menu } from '@coffee/domain';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../api/queries.ts';
import { ExecutionLink } from '../../components/links.tsx';
import { Section } from '../../shell/page.tsx';
import { paths } from '../../shell/paths.ts';
import type { BatchProgress } from './random-orders.ts';
import { nthOrder, placeMany } from './random-orders.ts';

const count = 50;

/** Places fifty orders, as the demonstration's script places five, and shows the progress. */
export function ManyOrders({ menu }: { readonly menu: Menu }) {
  const [progress, setProgress] = useState<BatchProgress<AcceptedOrder>>();
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  const { mutate: start, isPending: running } = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      const { signal } = abort.current;
      setProgress({ total: count, placed: [], failures: [] });
      const place = (index: number) => client.placeOrder(nthOrder(index, menu, new Date()));
      return placeMany(count, place, { signal, onProgress: setProgress });
    },
  });

  return (
    <Section title="Many orders" description={`${count} random orders of five accounts.`}>
      <SpaceBetween size="m">
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => start()} loading={running}>
            Place {String(count)} random orders
          </Button>
          {running && <Button onClick={() => abort.current.abort()}>Stop</Button>}
        </SpaceBetween>
        {progress && <Progress {...progress} running={running} />}
      </SpaceBetween>
    </Section>
  );
}

function Progress({ total, placed, failures, running }: BatchProgress<AcceptedOrder> & { readonly running: boolean }) {
  const outcome = `${placed.length} of ${total} placed${failures.length > 0 ? `, ${failures.length} failed` : ''}`;
  return (
    <SpaceBetween size="s">
      <ProgressBar
        label="Placing orders"
        value={((placed.length + failures.length) / total) * 100}
        status={running ? 'in-progress' : failures.length > 0 ? 'error' : 'success'}
        additionalInfo={running ? outcome : undefined}
        resultText={failures[0] ? `${outcome}: ${failures[0].message}` : outcome}
      />
      {!running && placed.length > 0 && (
        <>
          <Button href={paths.executions}>View executions</Button>
          <ExpandableSection headerText={`The ${placed.length} executions`}>
            <SpaceBetween size="xxs">
              {placed.map(({ orderid }) => (
                <ExecutionLink key={orderid} orderid={orderid} />
              ))}
            </SpaceBetween>
          </ExpandableSection>
        </>
      )}
    </SpaceBetween>
  );
}
