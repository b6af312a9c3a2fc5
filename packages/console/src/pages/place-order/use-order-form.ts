import type { Menu, Order, OrderIssue } from '@coffee/domain';
import { formatMoney, orderDateOf, orderJsonSchema, priceOrder, safeParseOrder } from '@coffee/domain';
import { useMemo, useState } from 'react';
import type { OrderDraft, OrderField, Schema } from './order-fields.ts';
import { capital, draftOf, orderFields, orderOf } from './order-fields.ts';

/** What is wrong, by the path of the field that shows it. An item of a list has its index in its path. */
export interface FieldErrors {
  readonly fields: Readonly<Record<string, string>>;
  /** What belongs to no field of the form. */
  readonly others: readonly string[];
}

export const noErrors: FieldErrors = { fields: {}, others: [] };

/** Paths may begin at the order or, as the server's do, at the body. */
const pathInOrder = ({ path }: OrderIssue) => (path[0] === 'order' ? path.slice(1) : path);

/** The rule of an issue, without the wire name that it begins with; `undefined` when it begins with another. */
function ruleOf(issue: OrderIssue): string | undefined {
  const name = pathInOrder(issue).join('.');
  return issue.message.startsWith(`${name} `) ? issue.message.slice(name.length + 1) : undefined;
}

/** Puts issues at the fields that they are about. */
export function fieldErrors(issues: readonly OrderIssue[], fields: readonly OrderField[]): FieldErrors {
  const found: Record<string, string> = {};
  const others: string[] = [];
  for (const issue of issues) {
    const path = pathInOrder(issue);
    const whole = path.join('.');
    const field = fields.find(
      ({ path: own }) => whole === own || whole.startsWith(`${own}.`) || (whole !== '' && own.startsWith(`${whole}.`)),
    );
    if (field === undefined) {
      others.push(capital(issue.message));
      continue;
    }
    const key = field.kind === 'list' && path.length > field.path.split('.').length ? whole : field.path;
    const rule = ruleOf(issue);
    const text = rule === undefined ? capital(issue.message) : `${field.label} ${rule}`;
    found[key] = found[key] === undefined ? text : `${found[key]}. ${text}`;
  }
  // What follows from a wrong field cannot be right either, and the customer cannot correct it.
  for (const field of fields) if (field.kind === 'determined' && field.by in found) delete found[field.path];
  return { fields: found, others };
}

const isAt = (key: string, path: string): boolean => key === path || key.startsWith(`${path}.`);

/** Whether there is an error at a field or at one of its items. */
export const hasError = ({ fields }: FieldErrors, path: string): boolean =>
  Object.keys(fields).some((key) => isAt(key, path));

/** The errors without those of a field: its value is changing. */
export function withoutField(errors: FieldErrors, path: string): FieldErrors {
  if (!hasError(errors, path)) return errors;
  const kept = Object.entries(errors.fields).filter(([key]) => !isAt(key, path));
  return { ...errors, fields: Object.fromEntries(kept) };
}

/** What the rules say of each field that is typed, as hints: the answer to an order with nothing good in these fields. */
export function hintsOf(fields: readonly OrderField[], menu: Menu): ReadonlyMap<string, string> {
  const typed = fields.filter(({ kind }) => kind === 'text' || kind === 'number').map(({ path }) => path);
  const result = safeParseOrder(orderOf(fields, Object.fromEntries(typed.map((path) => [path, '?\n']))), menu);
  const issues = result.success ? [] : result.error.issues.filter(({ path }) => typed.includes(path.join('.')));
  return new Map(issues.map((issue) => [issue.path.join('.'), `${capital(ruleOf(issue) ?? issue.message)}.`]));
}

const emptyDraft = (): OrderDraft => ({
  orderdate: orderDateOf(new Date()),
  'details.quantity': '1',
  eventtype: ['new_order'],
});

function totalOf(order: unknown, menu: Menu): string | undefined {
  const { details } = order as { details?: { quantity?: unknown } };
  const quantity = details?.quantity;
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1) return undefined;
  try {
    return `${formatMoney(priceOrder(order as Order, menu), menu.currency)} ${menu.currency}`;
  } catch {
    return undefined; // no size is chosen yet, or the amount is too large
  }
}

/** Keeps the order form. The rules are the domain's, in the browser as on the server. What is fixed does not change. */
export function useOrderForm(menu: Menu, fixed: Readonly<Record<string, string>> = {}) {
  const fields = useMemo(() => orderFields(orderJsonSchema({ menu }) as Schema), [menu]);
  const hints = useMemo(() => hintsOf(fields, menu), [fields, menu]);
  const [draft, setDraft] = useState(() => ({ ...emptyDraft(), ...fixed }));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState(noErrors);

  const order = useMemo(() => orderOf(fields, draft), [fields, draft]);
  const result = useMemo(() => safeParseOrder(order, menu), [order, menu]);
  const all = result.success ? noErrors : fieldErrors(result.error.issues, fields);
  // A field shows its errors once it was left, and all of them do after an attempt to place the order.
  const unseen = fields.filter(({ path }) => !left.has(path));
  const shown = unseen.reduce((errors, { path }) => withoutField(errors, path), all);

  return {
    fields,
    hints,
    fixed,
    draft,
    errors: { fields: { ...refused.fields, ...shown.fields }, others: [...refused.others, ...shown.others] },
    /** With its currency, once size and quantity are known. */
    total: totalOf(order, menu),
    change(path: string, value: string | readonly string[]): void {
      setDraft((before) => ({ ...before, [path]: value }));
      // What the server said of a field, and of one that follows from it, was about the value before.
      const about = fields.filter((field) => field.path === path || (field.kind === 'determined' && field.by === path));
      setRefused((errors) =>
        about.reduce<FieldErrors>((kept, field) => withoutField(kept, field.path), { ...errors, others: [] }),
      );
    },
    /** The customer left a field: from now on it shows what is wrong. */
    leave: (path: string): void => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    fill(next: Order): void {
      setDraft({ ...draftOf(fields, next), ...fixed });
      setRefused(noErrors);
      setLeft(new Set());
    },
    /** The order, if it keeps every rule; otherwise every field shows what is wrong. */
    check(): Order | undefined {
      setLeft(new Set(fields.map(({ path }) => path)));
      setRefused(noErrors);
      return result.success ? result.data : undefined;
    },
    refuse: (issues: readonly OrderIssue[]): void => setRefused(fieldErrors(issues, fields)),
  };
}

/** The order form: its content, what is wrong with it and what the order costs. */
export type OrderFormState = ReturnType<typeof useOrderForm>;
