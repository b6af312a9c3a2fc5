import type { Menu, Order, OrderIssue } from '@coffee/domain';
import { formatMoney, orderJsonSchema, priceOrder, safeParseOrder } from '@coffee/domain';
import { useMemo, useState } from 'react';
import type { FieldErrors } from './field-errors.ts';
import { fieldErrors, noErrors, withoutField } from './field-errors.ts';
import type { OrderDraft } from './order-draft.ts';
import { draftOf, orderOf } from './order-draft.ts';
import type { OrderField, Schema } from './order-fields.ts';
import { orderFields } from './order-fields.ts';
import { orderDate } from './random-order.ts';

/** The order form: what stands in it, what is wrong with it and what it costs. */
export interface OrderFormState {
  readonly fields: readonly OrderField[];
  readonly draft: OrderDraft;
  readonly errors: FieldErrors;
  /** With its currency, once size and quantity are known. */
  readonly total: string | undefined;
  readonly change: (path: string, value: string | readonly string[]) => void;
  readonly leave: (path: string) => void;
  readonly fill: (order: Order) => void;
  /** The order, if it keeps every rule; if not, every field shows what is wrong. */
  readonly check: () => Order | undefined;
  readonly refuse: (issues: readonly OrderIssue[]) => void;
}

const emptyDraft = (): OrderDraft => ({
  orderdate: orderDate(new Date()),
  'details.quantity': '1',
  eventtype: ['new_order'],
});

function totalOf(order: unknown, menu: Menu): string | undefined {
  const { details } = order as { details?: { quantity?: unknown } };
  const quantity = details?.quantity;
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1) return undefined;
  try {
    return `${formatMoney(priceOrder(order as Order, menu))} ${menu.currency}`;
  } catch {
    return undefined; // no size is chosen yet, or the number is beyond all money
  }
}

/** The errors of the fields that were left, and those of all fields after an attempt to place the order. */
function shownErrors(all: FieldErrors, fields: readonly OrderField[], left: ReadonlySet<string>, tried: boolean) {
  if (tried) return all;
  return fields.filter(({ path }) => !left.has(path)).reduce((errors, { path }) => withoutField(errors, path), all);
}

/** Keeps the order form. The rules are the domain's, in the browser as on the server. */
export function useOrderForm(menu: Menu): OrderFormState {
  const fields = useMemo(() => orderFields(orderJsonSchema({ menu }) as Schema), [menu]);
  const [draft, setDraft] = useState(emptyDraft);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState(noErrors);

  const order = useMemo(() => orderOf(fields, draft), [fields, draft]);
  const result = useMemo(() => safeParseOrder(order, menu), [order, menu]);
  const own = result.success ? noErrors : fieldErrors(result.error.issues, fields);
  const shown = shownErrors(own, fields, left, tried);

  return {
    fields,
    draft,
    errors: { fields: { ...refused.fields, ...shown.fields }, others: [...refused.others, ...shown.others] },
    total: totalOf(order, menu),
    change(path, value) {
      setDraft((before) => ({ ...before, [path]: value }));
      // What the server said of a field, and of one that follows from it, is about the value it had.
      const about = fields.filter((field) => field.path === path || ('by' in field && field.by === path));
      setRefused((errors) =>
        about.reduce<FieldErrors>((kept, field) => withoutField(kept, field.path), { ...errors, others: [] }),
      );
    },
    leave: (path) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    fill(next) {
      setDraft(draftOf(fields, next));
      setRefused(noErrors);
      setTried(false);
      setLeft(new Set());
    },
    check() {
      setTried(true);
      setRefused(noErrors);
      return result.success ? result.data : undefined;
    },
    refuse: (issues) => setRefused(fieldErrors(issues, fields)),
  };
}
