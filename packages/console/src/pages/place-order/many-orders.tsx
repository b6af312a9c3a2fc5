import { Button, ExpandableSection, ProgressBar, SpaceBetween } from '@cloudscape-design/components';
import type { AcceptedOrder } from '@coffee/api';
import type { Menu } from '@coffee/domain';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../api/queries.ts';
import { ExecutionLink } from '../../components/links.tsx';
import { Section } from '../../shell/page.tsx';
import { paths } from '../../shell/paths.ts';
import type { BatchProgress } from './random-orders.ts';
import { placeMany, randomOrder } from './random-orders.ts';

const count = 50;

/** Places fifty orders, as the demonstration's script places five, and shows the progress. */
export function ManyOrders({ menu }: { readonly menu: Menu }) {
  const [progress, setProgress] = useState<BatchProgress<AcceptedOrder>>();
  const [running, setRunning] = useState(false);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  const start = async (): Promise<void> => {
    abort.current = new AbortController();
    setProgress({ total: count, placed: [], failures: [] });
    setRunning(true);
    await placeMany(count, (index) => client.placeOrder(randomOrder(index, menu, new Date())), {
      signal: abort.current.signal,
      onProgress: setProgress,
    });
    setRunning(false);
  };

  return (
    <Section title="Many orders" description={`${count} random orders of five accounts.`}>
      <SpaceBetween size="m">
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => void start()} loading={running}>
            Place {String(count)} random orders
          </Button>
          {running && <Button onClick={() => abort.current.abort()}>Stop</Button>}
        </SpaceBetween>
        {progress && <Progress progress={progress} running={running} />}
      </SpaceBetween>
    </Section>
  );
}

function Progress(props: { readonly progress: BatchProgress<AcceptedOrder>; readonly running: boolean }) {
  const { progress, running } = props;
  const { total, placed, failures } = progress;
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
