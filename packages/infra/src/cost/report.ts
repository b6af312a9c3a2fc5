import { orderWorkflow } from '@coffee/workflow';
import type { StackTemplate } from '../synthesize-stage.ts';
import prices from './prices.json' with { type: 'json' };
import { readStack } from './read-stack.ts';
import type { Usage } from './usage.ts';
import { assumed, usageOf } from './usage.ts';

/** What a million orders in a month cost by a template: one sentence and the table, in Markdown. */
export function costReport(template: StackTemplate): string {
  const { region, date, currency } = prices;
  const table = costTable(usageOf(readStack(template), orderWorkflow), assumed.orders);
  return `${format(assumed.orders, 0)} orders in a month, list prices of ${region} on ${date} in ${currency}, without free tiers:\n\n${table}`;
}

/**
 * The table in Markdown: for each row what this project uses, and what each column pays. Each amount is rounded to the
 * cent once, half up, and totals are sums of what is printed.
 */
export function costTable(usage: readonly Usage[], orders: number): string {
  const columns = ['this project', 'as Express', 'the example'];
  const rows = [...Map.groupBy(usage, ({ row }) => row)].map(([row, parts]) => ({
    row,
    used: exact(parts.filter(({ price }) => price === parts[0]?.price).reduce((all, { units }) => all + units[0], 0)),
    cents: columns.map((_, column) =>
      Math.round(exact(parts.reduce((cost, { price, units }) => cost + (units[column] ?? 0) * price * 100, 0))),
    ),
  }));
  const totals = columns.map((_, column) => rows.reduce((sum, { cents }) => sum + (cents[column] ?? 0), 0));
  const money = (cents: number): string => format(cents / 100, 2);
  return [
    ['a month', 'used', ...columns],
    ['---', '--:', ...columns.map(() => '--:')],
    ...rows.map(({ row, used, cents }) => [
      row,
      format(used, Number.isInteger(used) || used >= 1000 ? 0 : 2),
      ...cents.map((each) => (each === 0 ? '' : money(each))),
    ]),
    ['**all**', '', ...totals.map((cents) => `**${money(cents)}**`)],
    ['an order', '', ...totals.map((cents) => format(cents / 100 / orders, 6))],
  ]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

/** The number with this many decimal places, half up, with thousands separators: `"12,500.50"`. */
function format(number: number, places: number): string {
  return exact(number).toLocaleString('en', { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** The number without the noise of floating point, which must not decide how a half is rounded. */
function exact(number: number): number {
  return Number(number.toPrecision(12));
}

/** The page with another report between its markers. @throws Error when they are missing. */
export function writeReport(page: string, report: string): string {
  const block = /(?<=^<!-- begin: npx pnpm cost --write -->\n)[\s\S]*(?=^<!-- end -->$)/m;
  if (!block.test(page))
    throw new Error('the page needs the lines <!-- begin: npx pnpm cost --write --> and <!-- end -->');
  return page.replace(block, () => `\n${report}\n\n`);
}
