import type { ExecutionState, ExecutionStatus } from '@coffee/api';
import type { Page, PageRequest } from '../../components/paged-list.ts';

/** A place in several lists, read one after the other: which list, and where in it. */
export interface Place {
  readonly list: number;
  readonly before?: number | undefined;
}

type ReadPage = (
  status: ExecutionStatus | undefined,
  request: PageRequest<number>,
) => Promise<Page<ExecutionState, number>>;

/** A page of the executions of several statuses, one status after the other, each newest first. */
export async function inTurn(
  statuses: readonly (ExecutionStatus | undefined)[],
  read: ReadPage,
  { limit, before: from = { list: 0 } }: PageRequest<Place>,
): Promise<Page<ExecutionState, Place>> {
  const items: ExecutionState[] = [];
  let { before } = from;
  for (const [list, status] of [...statuses.entries()].slice(from.list)) {
    if (items.length === limit) return { items, next: { list } };
    const page = await read(status, { limit: limit - items.length, before });
    items.push(...page.items);
    if (page.next !== undefined) return { items, next: { list, before: page.next } };
    before = undefined;
  }
  return { items, next: undefined };
}
