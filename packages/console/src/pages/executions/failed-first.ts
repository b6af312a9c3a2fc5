import type { PageRequest } from '../../api/calls.ts';
import type { ExecutionStatus, ExecutionSummary, Page } from '../../api/wire.ts';

type ReadPage = (status: ExecutionStatus, request: PageRequest) => Promise<Page<ExecutionSummary>>;

const order: readonly ExecutionStatus[] = ['FAILED', 'RUNNING', 'SUCCEEDED'];

/**
 * A page of all executions, those that failed first, then the running ones, then the rest, each newest first. The cursor is
 * the status it has come to and the cursor there.
 */
export async function failedFirst(read: ReadPage, { limit, cursor }: PageRequest): Promise<Page<ExecutionSummary>> {
  const [from = '0', ...rest] = cursor?.split(':') ?? [];
  const items: ExecutionSummary[] = [];
  let position = rest.join(':') || undefined;
  for (let index = Number(from); index < order.length; index++) {
    const status = order[index];
    if (status === undefined) break;
    if (items.length === limit) return { items, next: `${index}:` };
    const page = await read(status, { limit: limit - items.length, cursor: position });
    items.push(...page.items);
    if (page.next !== undefined) return { items, next: `${index}:${page.next}` };
    position = undefined;
  }
  return { items };
}
