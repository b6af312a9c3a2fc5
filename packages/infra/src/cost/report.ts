import { orderWorkflow } from '@coffee/workflow';
import type { StackTemplate } from '../synthesize-stage.ts';
import prices from './prices.json' with { type: 'json' };
import type { StackFacts } from './read-stack.ts';
import { readStack } from './read-stack.ts';
import type { FunctionName, Usage } from './usage.ts';
import { assumed, milliseconds, usageOf } from './usage.ts';

/** What a million orders in a month cost by a template, and what each choice changes: two tables, in Markdown. */
export function costReport(template: StackTemplate): string {
  const { region, date, currency } = prices;
  const facts = readStack(template);
  const { sameWork, example } = billOf(facts);
  const intro = `${format(assumed.orders, 0)} orders in a month, list prices of ${region} on ${date} in ${currency}, without free tiers:`;
  const compared = `On the same work, without the status read that the example lacks, this project costs ${money(sameWork)}: ${format(sameWork / example, 3)} times the example.`;
  const bill = costTable(usageOf(facts, orderWorkflow), assumed.orders);
  const memory = 'A function by its memory: milliseconds a call with its share of cold starts, and a million calls:';
  return [intro, bill, compared, choiceTable(facts), memory, memoryTable(facts)].join('\n\n');
}

/** A month in cents: this project, with an Express workflow, the example, and this project on the work of the example. */
export function billOf(facts: StackFacts) {
  const [ours = 0, express = 0, example = 0] = rowsOf(usageOf(facts, orderWorkflow)).totals;
  const [sameWork = 0] = rowsOf(usageOf(facts, orderWorkflow, { statusReads: 0 })).totals;
  return { ours, express, example, sameWork };
}

/** What a month costs with each choice in place of the default. */
function choiceTable(facts: StackFacts): string {
  const { ours, express, sameWork } = billOf(facts);
  const choices: readonly (readonly [choice: string, cents: number])[] = [
    ['by default', ours],
    ['without `--context email`', billOf({ ...facts, mailsAnOrder: 0 }).ours],
    ['with `--context dashboard=true`', billOf({ ...facts, dashboards: 1 }).ours],
    ['with `--context issuer`', billOf(withIssuer(facts)).ours],
    ['no client asks for the status of its order', sameWork],
    ['an Express workflow', express],
    ['every event in the log of the workflow (`ALL`)', billOf({ ...facts, logsEvents: true }).ours],
    ['every call in the system log of the functions (`INFO`)', billOf({ ...facts, logsCalls: true }).ours],
    ["traces by X-Ray's own rule", billOf({ ...facts, sampling: undefined }).ours],
    ['no traces', billOf({ ...facts, tracesAnOrder: 0 }).ours],
    ['metrics by method of the API', billOf({ ...facts, measuredMethods: 4 }).ours],
  ];
  return table([
    ['choice', 'a month', 'more or less'],
    ['---', '--:', '--:'],
    ...choices.map(([choice, cents]) => [
      choice,
      money(cents),
      cents === ours ? '' : `${cents > ours ? '+' : '−'}${money(Math.abs(cents - ours))}`,
    ]),
  ]);
}

/** The same stage with an authorizer, which has an alarm. */
function withIssuer(facts: StackFacts): StackFacts {
  const functions = { ...facts.functions, Authorize: { memory: 512, arm64: true } };
  return { ...facts, functions, alarmMetrics: facts.alarmMetrics + 1 };
}

/** What each function's time costs with more or less memory; the deployed size is bold. */
function memoryTable(facts: StackFacts): string {
  const { amount, per } = prices.prices.lambdaGigabyteSecondArm64;
  const sizes = [128, 256, 512, 1024];
  const cell = (name: FunctionName, memory: number, deployed: number) => {
    const time = milliseconds(name, memory);
    const cents = Math.round(exact(((time * memory * 1000) / 1024) * (Number(amount) / per) * 100));
    const text = `${format(time, 0)} ms, ${money(cents)}`;
    return memory === deployed ? `**${text}**` : text;
  };
  return table([
    ['function', ...sizes.map((memory) => `${memory} MB`)],
    ['---', ...sizes.map(() => '--:')],
    ...Object.entries(facts.functions).map(([name, { memory }]) => [
      name,
      ...sizes.map((size) => cell(name as FunctionName, size, memory)),
    ]),
  ]);
}

const columns = ['this project', 'as Express', 'the example'];

/** For each row what is used and what each column pays, in cents, and the totals. Each amount is rounded once, half up. */
function rowsOf(usage: readonly Usage[]) {
  const rows = [...Map.groupBy(usage, ({ row }) => row)].map(([row, parts]) => ({
    row,
    used: exact(parts.filter(({ price }) => price === parts[0]?.price).reduce((all, { units }) => all + units[0], 0)),
    cents: columns.map((_, column) =>
      Math.round(exact(parts.reduce((cost, { price, units }) => cost + (units[column] ?? 0) * price * 100, 0))),
    ),
  }));
  return { rows, totals: columns.map((_, column) => rows.reduce((sum, { cents }) => sum + (cents[column] ?? 0), 0)) };
}

/** The table in Markdown: for each row what this project uses, and what each column pays. Totals are sums of what is printed. */
export function costTable(usage: readonly Usage[], orders: number): string {
  const { rows, totals } = rowsOf(usage);
  return table([
    ['a month', 'used', ...columns],
    ['---', '--:', ...columns.map(() => '--:')],
    ...rows
      .filter(({ used, cents }) => used > 0 || cents.some((each) => each > 0))
      .map(({ row, used, cents }) => [
        row,
        format(used, Number.isInteger(used) || used >= 1000 ? 0 : 2),
        ...cents.map((each) => (each === 0 ? '' : money(each))),
      ]),
    ['**all**', '', ...totals.map((cents) => `**${money(cents)}**`)],
    ['an order', '', ...totals.map((cents) => format(cents / 100 / orders, 6))],
  ]);
}

function table(lines: readonly (readonly string[])[]): string {
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function money(cents: number): string {
  return format(cents / 100, 2);
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
