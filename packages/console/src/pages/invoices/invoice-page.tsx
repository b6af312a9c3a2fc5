import { ContentLayout, Grid, Header, SpaceBetween } from '@cloudscape-design/components';
import type { Invoice } from '@coffee/domain';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../api/http.ts';
import { invoiceQuery } from '../../api/queries.ts';
import { formatMonth } from '../../components/format-time.ts';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { RouteButton } from '../../components/route-link.tsx';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';
import { InvoiceLines } from './invoice-lines.tsx';
import { InvoiceLinkPanel } from './invoice-link-panel.tsx';
import { MonthChart } from './month-chart.tsx';

/** One invoice: its lines, its month as a chart, and the signed link to it. */
export function InvoicePage({ objectKey }: { readonly objectKey: string }) {
  usePage(objectKey, [{ text: 'Invoices', href: paths.invoices }]);
  const { data, error, refetch } = useQuery(invoiceQuery(objectKey));
  const missing = error instanceof ApiError && (error.status === 404 || error.status === 400);

  return (
    <ContentLayout
      header={
        <Header variant="h1" description={data && `Account ${data.accountid}, ${formatMonth(data.period)}`}>
          {objectKey}
        </Header>
      }
    >
      {data && <InvoicePanels invoice={data} />}
      {!data && !error && <Loading>Loading the invoice</Loading>}
      {!data && error && (
        <Problem
          header={missing ? 'There is no such invoice' : 'The invoice could not be read'}
          error={error}
          text={missing ? 'No order of this account has come to the invoice of this month.' : undefined}
          onRetry={refetch}
          action={missing && <RouteButton to={paths.invoices}>View invoices</RouteButton>}
        />
      )}
    </ContentLayout>
  );
}

function InvoicePanels({ invoice }: { readonly invoice: Invoice }) {
  return (
    <SpaceBetween size="l">
      <Grid gridDefinition={[{ colspan: { default: 12, s: 5 } }, { colspan: { default: 12, s: 7 } }]}>
        <InvoiceLinkPanel invoice={invoice} />
        <MonthChart invoice={invoice} />
      </Grid>
      <InvoiceLines invoice={invoice} />
    </SpaceBetween>
  );
}
