import { formatMoney } from '@coffee/domain';
import type { Fraction } from './fraction.ts';
import { format, quotient, sum } from './fraction.ts';
import { costOf } from './prices.ts';
import type { Usage } from './usage.ts';

/** A column of the table: a system and what it uses. */
export interface Column {
  readonly title: string;
  readonly usage: readonly Usage[];
}

/**
 * The table in Markdown: a row for everything used, what the first column uses of it, and what each column pays. Each
 * amount is rounded to the cent once, and totals are sums of what is printed.
 */
export function costTable(columns: readonly [Column, ...Column[]], orders: number): string {
  const rows = [...new Set(columns.flatMap(({ usage }) => usage.map(({ row }) => row)))];
  const cells = rows.map((row) => columns.map(({ usage }) => centsOf(usage.filter((each) => each.row === row))));
  const totals = columns.map((_, column) => cells.reduce((cents, line) => cents + (line[column] ?? 0), 0));
  return [
    ['a month', 'used', ...columns.map(({ title }) => title)],
    ['---', '--:', ...columns.map(() => '--:')],
    ...rows.map((row, index) => [row, usedOf(columns[0].usage, row), ...(cells[index] ?? []).map(money)]),
    ['**all**', '', ...totals.map((cents) => `**${money(cents)}**`)],
    ['an order', '', ...totals.map((cents) => format(quotient(quotient(cents, 100), orders), 6))],
  ]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

function money(cents: number | undefined): string {
  return cents === undefined ? '' : formatMoney(cents);
}

/** Whole cents, half up; undefined for what is not used at all. */
function centsOf(usage: readonly Usage[]): number | undefined {
  if (usage.length === 0) return undefined;
  const cost: Fraction = sum(...usage.map(({ price, units }) => costOf(price, units)));
  return Number(format(cost, 2).replace(/[.,]/g, ''));
}

/** How many units of the row's first price. */
function usedOf(usage: readonly Usage[], row: string): string {
  const [first, ...rest] = usage.filter((each) => each.row === row);
  if (first === undefined) return '';
  const same = [first, ...rest].filter(({ price }) => price === first.price);
  const units = sum(...same.map((each) => each.units));
  return format(units, units.denominator === 1n || units.numerator / units.denominator >= 1000n ? 0 : 2);
}
