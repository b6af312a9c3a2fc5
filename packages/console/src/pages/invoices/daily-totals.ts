import type { Invoice } from '@coffee/domain';
import { parseMoney } from '@coffee/domain';

/** What was ordered on one day. */
export interface DailyTotal {
  readonly day: number;
  readonly cents: number;
  readonly orders: number;
}

/** The days of an invoice's month, each with what was ordered on it; the day is the one the customer wrote. */
export function dailyTotals({ period, lines }: Pick<Invoice, 'period' | 'lines'>): readonly DailyTotal[] {
  const length = new Date(Date.UTC(period.year, period.month, 0)).getUTCDate();
  const days = Array.from({ length }, (_, index) => ({ day: index + 1, cents: 0, orders: 0 }));
  for (const { order, amount } of lines) {
    const total = days[Number(order.orderdate.slice(8, 10)) - 1];
    if (total === undefined) continue;
    total.cents += parseMoney(amount);
    total.orders += 1;
  }
  return days;
}
