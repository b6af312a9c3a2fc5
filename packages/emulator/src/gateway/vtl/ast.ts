/** A parsed template: text, prints and directives in order. */
export type Template = readonly Part[];

/** What a template is made of. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly reference: Reference }
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | { readonly kind: 'foreach'; readonly variable: string; readonly over: Expression; readonly body: Template }
  | { readonly kind: 'break' };

/** One branch of `#if`; `#else` has no condition. */
export interface Branch {
  readonly condition?: Expression;
  readonly body: Template;
}

/** `$name.property.method(…)[index]`; a quiet one (`$!`) prints nothing when it has no value. */
export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
  readonly quiet: boolean;
  readonly path: readonly Step[];
}

/** One step of a reference. */
export type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'index'; readonly at: Expression };

/** What has a value. */
export type Expression =
  | Reference
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'decimal'; readonly value: number }
  | { readonly kind: 'interpolated'; readonly template: Template }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[] };

/** How a reference looks in a template, for messages. */
export function describe({ name, path }: Reference): string {
  const steps = path.map((step) => {
    if (step.kind === 'property') return `.${step.name}`;
    return step.kind === 'method' ? `.${step.name}(${step.args.length === 0 ? '' : '…'})` : '[…]';
  });
  return `$${name}${steps.join('')}`;
}
