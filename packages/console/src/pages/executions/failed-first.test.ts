import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PageRequest } from '../../api/calls.ts';
import type { ExecutionStatus, ExecutionSummary } from '../../api/wire.ts';
import { failedFirst } from './failed-first.ts';

const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED'] as const;

/** Pages as the server answers them: newest first, the cursor a number. */
const server = (all: readonly ExecutionSummary[]) => async (status: ExecutionStatus, request: PageRequest) => {
  const before = request.cursor === undefined ? Number.POSITIVE_INFINITY : Number(request.cursor);
  const found = all.filter((one) => one.status === status && one.startDate < before).reverse();
  const items = found.slice(0, request.limit);
  const last = items.at(-1);
  return found.length > items.length && last ? { items, next: String(last.startDate) } : { items };
};

it('always gives every execution once, the failed ones first, then the running ones, each newest first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...statuses), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (given, limit) => {
        const all = given.map((status, index) => ({ orderid: `o${index}`, status, startDate: index + 1 }));
        const expected = (['FAILED', 'RUNNING', 'SUCCEEDED'] as const).flatMap((status) =>
          all.filter((one) => one.status === status).reverse(),
        );
        const seen: ExecutionSummary[] = [];
        let cursor: string | undefined;
        do {
          const page = await failedFirst(server(all), { limit, cursor });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.next;
        } while (cursor !== undefined);
        expect(seen).toEqual(expected);
      },
    ),
  );
});
