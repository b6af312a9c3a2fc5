import { BarChart, Box, Container, Header } from '@cloudscape-design/components';
import type { Invoice } from '@coffee/domain';
import { formatMoney } from '@coffee/domain';
import { formatMonth } from '../../components/format-time.ts';
import { dailyTotals } from './daily-totals.ts';

/** What was ordered on each day of the invoice's month. */
export function MonthChart({ invoice }: { readonly invoice: Invoice }) {
  const { currency, period } = invoice;
  const days = dailyTotals(invoice);
  const highest = Math.max(...days.map(({ cents }) => cents / 100));
  const month = formatMonth(period);
  return (
    <Container fitHeight header={<Header variant="h2">{month}</Header>}>
      <BarChart
        height={180}
        hideFilter
        hideLegend
        xScaleType="categorical"
        xDomain={days.map(({ day }) => String(day))}
        yDomain={[0, Math.ceil(highest * 1.1) || 1]}
        xTitle="Day"
        yTitle={currency}
        ariaLabel={`Ordered on each day of ${month}, in ${currency}`}
        series={[
          {
            title: 'Ordered',
            type: 'bar',
            data: days.map(({ day, cents }) => ({ x: String(day), y: cents / 100 })),
            valueFormatter: (value) => `${formatMoney(Math.round(value * 100))} ${currency}`,
          },
        ]}
        i18nStrings={{ xTickFormatter: (day) => (Number(day) % 5 === 0 || day === '1' ? day : '') }}
        empty={<Box textAlign="center">Nothing was ordered.</Box>}
      />
    </Container>
  );
}
