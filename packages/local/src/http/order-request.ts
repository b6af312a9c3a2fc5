import type { Menu, Order, OrderIssue } from '@coffee/domain';
import { safeParseOrder } from '@coffee/domain';

/** The body of `POST /order` after the checks, or every rule it breaks, paths beginning at the body. */
export type OrderRequest =
  | { readonly success: true; readonly order: Order }
  | { readonly success: false; readonly issues: readonly OrderIssue[] };

/** Checks `{ "order": … }`: exactly that key, and an order of the menu. */
export function parseOrderRequest(body: unknown, menu: Menu): OrderRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { success: false, issues: [{ path: [], code: 'wrong_type', message: 'the body must be an object' }] };
  }
  const issues: OrderIssue[] = Object.keys(body)
    .filter((key) => key !== 'order')
    .map((key) => ({
      path: [key],
      code: 'unknown_key',
      message: `${key} is not a field of the body, which is {"order": …}`,
    }));
  if (!Object.hasOwn(body, 'order')) {
    issues.push({ path: ['order'], code: 'required', message: 'order is required' });
    return { success: false, issues };
  }
  const result = safeParseOrder((body as { order: unknown }).order, menu);
  if (!result.success) {
    issues.push(...result.error.issues.map((issue) => ({ ...issue, path: ['order', ...issue.path] })));
  }
  return issues.length === 0 && result.success ? { success: true, order: result.data } : { success: false, issues };
}
