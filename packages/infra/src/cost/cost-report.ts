import { orderWorkflow } from '@coffee/workflow';
import { assumed } from './assumptions.ts';
import { exampleUsage } from './example-usage.ts';
import { currency, date, region } from './prices.ts';
import { readStack } from './read-stack.ts';
import { costTable } from './table.ts';
import type { Template } from './template.ts';
import { projectUsage } from './usage.ts';

/** What a million orders in a month cost by a template: one sentence and the table, in Markdown. */
export function costReport(template: Template): string {
  const stack = readStack(template);
  const orders = Number(assumed('orders').numerator);
  const table = costTable(
    [
      { title: 'this project', usage: projectUsage(stack, orderWorkflow, 'STANDARD') },
      { title: 'as Express', usage: projectUsage(stack, orderWorkflow, 'EXPRESS') },
      { title: 'the example', usage: exampleUsage() },
    ],
    orders,
  );
  const count = orders.toLocaleString('en');
  return `${count} orders in a month, list prices of ${region} on ${date} in ${currency}, without free tiers:\n\n${table}`;
}
