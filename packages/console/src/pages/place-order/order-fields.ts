/** The part of JSON Schema that an order's schema is written in. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
}

/** One control of the form. `path` leads to its value in the order, joined by dots. */
export type OrderField =
  | { readonly kind: 'text'; readonly path: string }
  | { readonly kind: 'number'; readonly path: string; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: 'choice'; readonly path: string; readonly options: readonly string[] }
  | { readonly kind: 'list'; readonly path: string; readonly minItems?: number; readonly maxItems?: number }
  /** Decides which branch of the schema holds. */
  | { readonly kind: 'variant'; readonly path: string; readonly options: readonly string[] }
  /** Follows from the field at `by`; the customer does not fill it in. */
  | {
      readonly kind: 'determined';
      readonly path: string;
      readonly by: string;
      readonly values: ReadonlyMap<string, unknown>;
    };

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function fieldOf(schema: Schema, path: string): OrderField[] {
  if (schema.oneOf !== undefined) return variantFields(schema.oneOf, path);
  if (schema.properties !== undefined) return fieldsOf(schema, path);
  if (schema.enum !== undefined) return [{ kind: 'choice', path, options: schema.enum.map(String) }];
  if (schema.type === 'array') {
    const { minItems, maxItems } = schema;
    const limits = { ...(minItems === undefined ? {} : { minItems }), ...(maxItems === undefined ? {} : { maxItems }) };
    return [{ kind: 'list', path, ...limits }];
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    const { minimum, maximum } = schema;
    const limits = { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
    return [{ kind: 'number', path, ...limits }];
  }
  return [{ kind: 'text', path }];
}

/** A union told apart by the one property that is a constant in each branch. */
function variantFields(branches: readonly Schema[], path: string): OrderField[] {
  const properties = branches.map((branch) => branch.properties ?? {});
  const [first = {}] = properties;
  const discriminator = Object.keys(first).find((name) =>
    properties.every((branch) => branch[name]?.const !== undefined),
  );
  if (discriminator === undefined) throw new TypeError(`nothing tells the branches of ${path} apart`);
  const options = properties.map((branch) => String(branch[discriminator]?.const));
  return Object.entries(first).flatMap(([name, schema]): OrderField[] => {
    const own = join(path, name);
    if (name === discriminator) return [{ kind: 'variant', path: own, options }];
    const same = properties.every((branch) => JSON.stringify(branch[name]) === JSON.stringify(schema));
    if (same) return fieldOf(schema, own);
    const values = new Map(properties.map((branch, index) => [options[index] ?? '', spellingOf(branch[name])]));
    return [{ kind: 'determined', path: own, by: join(path, discriminator), values }];
  });
}

/** Of several ways to write a value, a text: it keeps its decimal places. */
function spellingOf(schema: Schema | undefined): unknown {
  const values = schema?.enum ?? [schema?.const];
  return values.find((value) => typeof value === 'string') ?? values[0];
}

function fieldsOf(schema: Schema, path: string): OrderField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => fieldOf(property, join(path, name)));
}

/**
 * The controls that a form for this schema needs, in the schema's order.
 *
 * @throws TypeError when the schema has a union whose branches no property tells apart.
 */
export function orderFields(schema: Schema): readonly OrderField[] {
  return fieldsOf(schema, '');
}

const labels: Readonly<Record<string, string>> = {
  accountid: 'Account ID',
  vendorid: 'Vendor ID',
  orderdate: 'Order date',
  coffeetype: 'Coffee',
  coffeesize: 'Size',
  unitprice: 'Unit price',
  eventtype: 'Event types',
};

/** What people call a field; a name that is not known is shown with a capital letter. */
export function labelOf(path: string): string {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return labels[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}
