import type { ExecutionState, ExecutionStatus } from '@coffee/api';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PageRequest, Place } from './paged-list.ts';
import { inTurn } from './paged-list.ts';

const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED'] as const;

/** Pages as the server answers them: newest first, the cursor a number. */
const server =
  (all: readonly ExecutionState[]) => async (status: ExecutionStatus | undefined, request: PageRequest<number>) => {
    const { limit, before = Number.POSITIVE_INFINITY } = request;
    const found = all.filter((one) => (status ?? one.status) === one.status && one.startDate < before).reverse();
    const items = found.slice(0, limit);
    return { items, next: found.length > items.length ? items.at(-1)?.startDate : undefined };
  };

it.each([
  { turns: ['FAILED', 'RUNNING', 'SUCCEEDED'] as const },
  { turns: [undefined] },
  { turns: ['RUNNING'] as const },
])('always gives every execution of $turns once, one status after the other, each newest first', async ({ turns }) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...statuses), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (given, limit) => {
        const all = given.map((status, index) => ({ orderid: `o${index}`, status, startDate: index + 1 }));
        const expected = turns.flatMap((status) =>
          all.filter((one) => (status ?? one.status) === one.status).reverse(),
        );
        const seen: ExecutionState[] = [];
        let before: Place<number> | undefined;
        do {
          const page = await inTurn<ExecutionStatus | undefined, ExecutionState, number>(turns, server(all), {
            limit,
            before,
          });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          before = page.next;
        } while (before !== undefined);
        expect(seen).toEqual(expected);
      },
    ),
  );
});
