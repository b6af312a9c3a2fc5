/** A reference of a CloudFormation template: `Ref`, or `Fn::GetAtt` when there is an attribute. */
export interface TemplateReference {
  /** The logical id of a resource or parameter, or a pseudo parameter like `AWS::Region`. */
  readonly logicalId: string;
  readonly attribute?: string;
}

/** The value that a reference has in the deployed stack. */
export type Resolve = (reference: TemplateReference) => string;

/**
 * Replaces `Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::Sub`, `Fn::Select` and `Fn::Split` anywhere inside a value.
 *
 * @throws for any other intrinsic function.
 */
export function resolveValue(value: unknown, resolve: Resolve): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, resolve));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return intrinsic(name, argument, resolve);
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveValue(item, resolve)]));
}

/** The same, where only a text can stand. */
export function resolveText(value: unknown, resolve: Resolve, what: string): string {
  const resolved = resolveValue(value, resolve);
  if (typeof resolved === 'string') return resolved;
  throw new Error(`${what} must be a text, not ${JSON.stringify(resolved)}`);
}

function intrinsic(name: string, argument: unknown, resolve: Resolve): unknown {
  const text = (item: unknown) => resolveText(item, resolve, name);
  if (name === 'Ref') return resolve({ logicalId: String(argument) });
  if (name === 'Fn::GetAtt') {
    const [logicalId = '', attribute = ''] = Array.isArray(argument) ? argument : String(argument).split(/\.(.*)/s);
    return resolve({ logicalId, attribute: text(attribute) });
  }
  if (name === 'Fn::Sub') return substitute(argument, resolve);
  const [first, second] = argument as readonly unknown[];
  if (name === 'Fn::Join') return (resolveValue(second, resolve) as unknown[]).map(text).join(text(first));
  if (name === 'Fn::Split') return text(second).split(text(first));
  if (name === 'Fn::Select') {
    const item = (resolveValue(second, resolve) as unknown[])[Number(text(String(first)))];
    if (item !== undefined) return item;
  }
  throw new Error(`the intrinsic ${name} of ${JSON.stringify(argument)} is not understood`);
}

function substitute(argument: unknown, resolve: Resolve): string {
  const [template, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, object];
  return template.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(variables, name)) return resolveText(variables[name as never], resolve, 'Fn::Sub');
    const [logicalId = '', attribute] = name.split(/\.(.*)/s);
    return resolve(attribute === undefined ? { logicalId } : { logicalId, attribute });
  });
}
