/** The part of JSON Schema that an order's schema is written in. */
export interface Schema {
  readonly title?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

type FieldKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly minimum: number | undefined; readonly maximum: number | undefined }
  | { readonly kind: 'list'; readonly minItems: number | undefined; readonly maxItems: number | undefined }
  /** A `variant` decides which branch of the schema applies. */
  | { readonly kind: 'choice' | 'variant'; readonly options: readonly string[] }
  /** Follows from the field at `by`; the customer does not fill it in. */
  | { readonly kind: 'determined'; readonly by: string; readonly values: ReadonlyMap<string, unknown> };

/** One control of the form. `path` leads to its value in the order, joined by dots. */
export type OrderField = FieldKind & { readonly path: string; readonly label: string };

/** The form's content: texts by path, as they were typed. A list has one text for each item. */
export type OrderDraft = Readonly<Record<string, string | readonly string[]>>;

/** What people call the names that are not words. */
const labels: Readonly<Record<string, string>> = {
  accountid: 'Account ID',
  vendorid: 'Vendor ID',
  orderdate: 'Order date',
  coffeetype: 'Coffee',
  coffeesize: 'Size',
  unitprice: 'Unit price',
  eventtype: 'Event types',
};

/** A text with a capital letter at its start. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function named({ title }: Schema, path: string) {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return { path, label: title ?? labels[name] ?? capital(name) };
}

/** The values that a schema lists. */
function valuesOf({ const: value, enum: values, anyOf = [] }: Schema): readonly unknown[] {
  return values ?? (value === undefined ? anyOf.flatMap(valuesOf) : [value]);
}

/** Whether a schema lists one number, in one or several spellings. */
const isOneNumber = (values: readonly unknown[]): boolean =>
  values.some((value) => typeof value === 'number') && new Set(values.map(Number)).size === 1;

/**
 * The controls that a form for the properties of this schema needs, in the schema's order.
 *
 * @throws TypeError when the schema has a union whose branches no property tells apart.
 */
export function orderFields({ properties = {} }: Schema, parent = ''): readonly OrderField[] {
  return Object.entries(properties).flatMap(([name, schema]) => fieldOf(schema, `${parent}${name}`));
}

function fieldOf(schema: Schema, path: string): readonly OrderField[] {
  const { type, oneOf, properties, minimum, maximum, minItems, maxItems } = schema;
  if (oneOf !== undefined) return variantFields(oneOf, path);
  if (properties !== undefined) return orderFields(schema, `${path}.`);
  const base = named(schema, path);
  const options = valuesOf(schema).map(String);
  if (options.length > 0) return [{ ...base, kind: 'choice', options }];
  if (type === 'array') return [{ ...base, kind: 'list', minItems, maxItems }];
  if (type === 'integer' || type === 'number') return [{ ...base, kind: 'number', minimum, maximum }];
  return [{ ...base, kind: 'text' }];
}

/** A union, told apart by the one property that is a different constant text in each branch. */
function variantFields(branches: readonly Schema[], path: string): readonly OrderField[] {
  const all = branches.map(({ properties = {} }) => properties);
  const [first = {}] = all;
  // Of a menu with one size, each constant would do: the last one is next to the price that it determines.
  const discriminator = Object.keys(first).findLast((name) => {
    const constants = all.map((branch) => branch[name]?.const).filter((value) => typeof value === 'string');
    return new Set(constants).size === branches.length;
  });
  if (discriminator === undefined) throw new TypeError(`nothing tells the branches of ${path} apart`);
  const options = all.map((branch) => String(branch[discriminator]?.const));
  return Object.entries(first).flatMap(([name, schema]): readonly OrderField[] => {
    const own = `${path}.${name}`;
    if (name === discriminator) return [{ ...named(schema, own), kind: 'variant', options }];
    const values = all.map((branch) => valuesOf(branch[name] ?? {}));
    if (!values.every(isOneNumber)) return fieldOf(schema, own);
    const byOption = new Map(values.map((spellings, index) => [options[index] ?? '', textOf(spellings)]));
    return [{ ...named(schema, own), kind: 'determined', by: `${path}.${discriminator}`, values: byOption }];
  });
}

/** Of several spellings the first text: it keeps its decimal places. */
const textOf = (spellings: readonly unknown[]): unknown =>
  spellings.find((value) => typeof value === 'string') ?? spellings[0];

/** The items of a list field. */
export const listAt = (draft: OrderDraft, path: string): readonly string[] => [draft[path] ?? []].flat();

/** The text of a field; empty when nothing was typed. */
export const textAt = (draft: OrderDraft, path: string): string => listAt(draft, path)[0] ?? '';

function typedValue(field: OrderField, draft: OrderDraft): unknown {
  if (field.kind === 'list') return listAt(draft, field.path);
  if (field.kind === 'determined') return field.values.get(textAt(draft, field.by));
  const text = textAt(draft, field.path);
  if (field.kind !== 'number') return text === '' ? undefined : text;
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** The order that the form holds. A field left empty is left out, so that the rules require it. */
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
  for (const { kind, path } of fields) {
    if (kind === 'determined') continue;
    let value: unknown = order;
    for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
    if (Array.isArray(value)) draft[path] = value.map(String);
    else if (value !== undefined) draft[path] = String(value);
  }
  return draft;
}
