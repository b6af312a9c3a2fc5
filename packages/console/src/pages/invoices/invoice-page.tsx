import { BarChart, Box, Button, Grid, SpaceBetween } from '@cloudscape-design/components';
import type { Invoice } from '@coffee/domain';
import { decimalPlacesOf, formatMoney } from '@coffee/domain';
import { useQuery } from '@tanstack/react-query';
import { invoiceQuery } from '../../api/queries.ts';
import { formatMonth } from '../../components/format.ts';

import { Loaded } from '../../components/status.tsx';
import { Page, Section } from '../../shell/page.tsx';
import { paths } from '../../shell/paths.ts';
import { InvoiceLines } from './invoice-lines.tsx';
import { InvoiceLinkPanel } from './invoice-link-panel.tsx';
import { dailyTotals } from './totals.ts';

const missing = {
  header: 'There is no such invoice',
  text: 'No order of this account has reached the invoice of this month.',
  action: <Button href={paths.invoices}>View invoices</Button>,
};

export function InvoicePage({ objectKey }: { readonly objectKey: string }) {
  const query = useQuery(invoiceQuery(objectKey));
  const { data } = query;
  return (
    <Page
      title={objectKey}
      parent={{ text: 'Invoices', href: paths.invoices }}
      description={data && `Account ${data.accountid}, ${formatMonth(data.period)}`}
    >
      <Loaded query={query} what="the invoice" missing={missing}>
        {(invoice) => (
          <SpaceBetween size="l">
            <Grid gridDefinition={[{ colspan: { default: 12, s: 5 } }, { colspan: { default: 12, s: 7 } }]}>
              <InvoiceLinkPanel invoice={invoice} />
              <Section fitHeight title={formatMonth(invoice.period)}>
                {invoice.totals.map(({ currency }) => (
                  <MonthChart key={currency} invoice={invoice} currency={currency} />
                ))}
              </Section>
            </Grid>
            <InvoiceLines invoice={invoice} />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}

function MonthChart({ invoice, currency }: { readonly invoice: Invoice; readonly currency: string }) {
  const minorUnits = 10 ** decimalPlacesOf(currency);
  const days = dailyTotals(invoice, currency).map(({ day, amount }) => ({ x: String(day), y: amount / minorUnits }));
  const highest = Math.max(...days.map(({ y }) => y));
  return (
    <BarChart
      height={180}
      hideFilter
      hideLegend
      xScaleType="categorical"
      xDomain={days.map(({ x }) => x)}
      yDomain={[0, Math.ceil(highest * 1.1) || 1]}
      xTitle="Day"
      yTitle={currency}
      ariaLabel={`Ordered on each day of ${formatMonth(invoice.period)}, in ${currency}`}
      series={[
        {
          title: 'Ordered',
          type: 'bar',
          data: days,
          valueFormatter: (value) => `${formatMoney(Math.round(value * minorUnits), currency)} ${currency}`,
        },
      ]}
      i18nStrings={{ xTickFormatter: (day) => (Number(day) % 5 === 0 || day === '1' ? day : '') }}
      empty={<Box textAlign="center">Nothing was ordered.</Box>}
    />
  );
}
