import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { synthesizeStage } from '../synthesize-stage.ts';
import assumptions from './assumptions.json' with { type: 'json' };
import { costReport } from './cost-report.ts';
import { exact, sum } from './fraction.ts';
import { readReport, writeReport } from './page.ts';
import list from './prices.json' with { type: 'json' };
import { costTable } from './table.ts';

const page = readFileSync(new URL('../../../../docs/scaling.md', import.meta.url), 'utf8');

describe('docs/scaling.md', () => {
  it('says what the template, the workflow and the prices say; if not: npx pnpm cost --write', () => {
    expect(readReport(page)).toBe(costReport(synthesizeStage({ email: 'orders@example.com' }).template));
  });

  it('is written between its markers only', () => {
    const written = writeReport(page, 'another report');
    expect(readReport(written)).toBe('another report');
    expect(writeReport(written, readReport(page))).toBe(page);
    expect(() => writeReport('# A page', 'a report')).toThrow('needs the lines');
  });
});

describe('the table', () => {
  it('rounds each cost to the cent, half up, and adds up what it prints', () => {
    const usage = (row: string, units: string) => ({ row, price: 'lambdaRequest' as const, units: exact(units) });
    const one = { title: 'one', usage: [usage('a', '74999'), usage('b', '75000'), usage('b', '1')] };
    const other = { title: 'other', usage: [usage('b', '1000000'), usage('c', '6250000.5')] };
    expect(costTable([one, other], 10)).toBe(
      [
        '| a month | used | one | other |',
        '| --- | --: | --: | --: |',
        '| a | 74,999 | 0.01 |  |',
        '| b | 75,001 | 0.02 | 0.20 |',
        '| c |  |  | 1.25 |',
        '| **all** |  | **0.03** | **1.45** |',
        '| an order |  | 0.003000 | 0.145000 |',
      ].join('\n'),
    );
  });
});

describe('what the numbers stand on', () => {
  it.each(Object.entries(list.prices))('price %s says of what and from where', (_, { amount, per, unit, source }) => {
    expect(sum(amount).numerator).toBeGreaterThan(0n);
    expect(per).toBeGreaterThan(0);
    expect(unit).not.toBe('');
    expect(source).toMatch(/^[^:]{10,}$/);
  });

  it.each(Object.entries(assumptions))('assumption %s has its reason', (_, { reason }) => {
    expect(reason.length).toBeGreaterThan(10);
  });
});
