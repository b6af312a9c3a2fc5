import { Container, CopyToClipboard, Header, KeyValuePairs } from '@cloudscape-design/components';
import { invoiceKeyOf } from '@coffee/domain';
import type { ExecutionDetail } from '../../api/wire.ts';
import { ExecutionStatusIndicator } from '../../components/execution-status.tsx';
import { formatDateTime, formatDuration } from '../../components/format-time.ts';
import { RouteLink } from '../../components/route-link.tsx';
import { paths } from '../../shell/paths.ts';
import type { StateRun } from './state-runs.ts';

interface ExecutionSummaryProps {
  readonly execution: ExecutionDetail;
  readonly runs: ReadonlyMap<string, StateRun>;
}

/** What an execution is about, how it stands, and where its order, invoice and mail are. */
export function ExecutionSummaryPanel({ execution, runs }: ExecutionSummaryProps) {
  const { orderid, executionArn, status, startDate, stopDate, input } = execution;
  const { accountid, vendorid } = input.order;
  const { objectKey } = invoiceKeyOf(input.order);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <CopyToClipboard
              copyButtonText="Copy ARN"
              textToCopy={executionArn}
              copySuccessText="Copied the execution ARN"
              copyErrorText="The browser did not let the ARN be copied"
            />
          }
        >
          Details
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Execution status', value: <ExecutionStatusIndicator status={status} /> },
          { label: 'Start time', value: formatDateTime(startDate * 1000) },
          { label: 'End time', value: stopDate === undefined ? '–' : formatDateTime(stopDate * 1000) },
          { label: 'Duration', value: stopDate === undefined ? '–' : formatDuration((stopDate - startDate) * 1000) },
          { label: 'Retries', value: String([...runs.values()].reduce((sum, run) => sum + run.retries, 0)) },
          {
            label: 'Order',
            value: <RouteLink to={paths.order(accountid, vendorid)}>{`${accountid} / ${vendorid}`}</RouteLink>,
          },
          { label: 'Invoice', value: <RouteLink to={paths.invoice(objectKey)}>{objectKey}</RouteLink> },
          { label: 'E-mail', value: <RouteLink to={paths.mail(orderid)}>Open in the mailbox</RouteLink> },
        ]}
      />
    </Container>
  );
}
