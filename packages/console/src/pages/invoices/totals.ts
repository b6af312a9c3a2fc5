import type { Invoice, InvoiceTotal } from '@coffee/domain';
import { parseMoney } from '@coffee/domain';

/** Totals with their currencies: `8.00 AUD, 800 JPY`. */
export const formatTotals = (totals: readonly InvoiceTotal[]): string =>
  totals.map(({ total, currency }) => `${total} ${currency}`).join(', ');

/** What was ordered on each day of an invoice's month, as the customers wrote it, in minor units of one currency. */
export function dailyTotals({ period, lines }: Pick<Invoice, 'period' | 'lines'>, currency: string) {
  const length = new Date(Date.UTC(period.year, period.month, 0)).getUTCDate();
  const days = Array.from({ length }, (_, index) => ({ day: index + 1, amount: 0 }));
  for (const line of lines) {
    const total = days[Number(line.order.orderdate.slice(8, 10)) - 1];
    if (total !== undefined && line.currency === currency) total.amount += parseMoney(line.amount, currency);
  }
  return days;
}
