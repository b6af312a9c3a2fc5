import type { OrderField } from './order-fields.ts';

/** What stands in the form: texts by path, as they were typed. A list has one text for each of its items. */
export type OrderDraft = Readonly<Record<string, string | readonly string[]>>;

/** The text of a field, empty when nothing was typed. */
export function textAt(draft: OrderDraft, path: string): string {
  const value = draft[path];
  return typeof value === 'string' ? value : '';
}

/** The items of a list field. */
export function listAt(draft: OrderDraft, path: string): readonly string[] {
  const value = draft[path];
  return Array.isArray(value) ? value : [];
}

function typedValue(field: OrderField, draft: OrderDraft): unknown {
  switch (field.kind) {
    case 'list':
      return listAt(draft, field.path);
    case 'determined':
      return field.values.get(textAt(draft, field.by));
    case 'number': {
      const text = textAt(draft, field.path).trim();
      if (text === '') return undefined;
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    default: {
      const text = textAt(draft, field.path);
      return text === '' ? undefined : text;
    }
  }
}

/** The order that the form holds. A field left empty is left out, so that the rules say it is required. */
export function orderOf(fields: readonly OrderField[], draft: OrderDraft): Record<string, unknown> {
  const order: Record<string, unknown> = {};
  for (const field of fields) {
    const value = typedValue(field, draft);
    const names = field.path.split('.');
    const last = names.pop() ?? '';
    let target = order;
    for (const name of names) {
      target[name] ??= {};
      target = target[name] as Record<string, unknown>;
    }
    if (value !== undefined) target[last] = value;
  }
  return order;
}

/** The form that holds an order; the inverse of {@link orderOf} for an order that keeps the rules. */
export function draftOf(fields: readonly OrderField[], order: unknown): OrderDraft {
  const draft: Record<string, string | readonly string[]> = {};
  for (const field of fields) {
    if (field.kind === 'determined') continue;
    let value: unknown = order;
    for (const name of field.path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
    if (Array.isArray(value)) draft[field.path] = value.map(String);
    else if (value !== undefined) draft[field.path] = String(value);
  }
  return draft;
}
