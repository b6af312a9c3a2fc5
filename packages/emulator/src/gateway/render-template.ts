import { Compile, parse } from 'velocityjs';
import { TemplateError } from './lint-template.ts';

/** What a mapping template can read. */
export interface TemplateInput {
  /** The body of the request, or of the back end's answer. */
  readonly body: string;
  /** The last of repeated parameters, by their names as they were sent. */
  readonly parameters: Readonly<Record<'path' | 'header', Readonly<Record<string, string>>>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What a mapping template makes. */
export interface Rendered {
  readonly text: string;
  /** `$context.responseOverride.status`. */
  readonly status?: number;
  /** `$context.responseOverride.header`, by names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Refuses to guess: what Amazon prints for a reference without a value, for a map or a list is not documented. */
class MappingTemplate extends Compile {
  protected override getReferences(...[reference, printed]: Parameters<Compile['getReferences']>): string {
    const value: unknown = super.getReferences(reference);
    const { id, leader } = reference as { readonly id: string; readonly leader?: string };
    if (value === undefined || value === null) {
      if (printed === true && leader === '$!') return '';
      throw new TemplateError(`$${id}… has no value`);
    }
    if (printed !== true) return value as string;
    if (typeof value === 'object') throw new TemplateError(`$${id}… is a map or a list`);
    return typeof value === 'number' ? javaNumber(value) : String(value);
  }
}

type Call = { readonly property: string; readonly context: unknown; readonly params: readonly string[] };

/** A method of a Java class that JavaScript's does not have, or has otherwise. */
const method = <Self>(
  property: string,
  isSelf: (value: unknown) => value is Self,
  resolve: (self: Self, ...params: readonly string[]) => unknown,
) => ({
  uid: property,
  match: (call: Call) => call.property === property && isSelf(call.context),
  resolve: ({ context, params }: Call) => resolve(context as Self, ...params),
});

const isString = (value: unknown): value is string => typeof value === 'string';
const isMap = (value: unknown): value is Map<string, unknown> => value instanceof Map;
const customMethodHandlers = [
  method('contains', isString, (self, part = '') => self.includes(part)),
  method('trim', isString, (self) => self.replace(/^[\0- ]+|[\0- ]+$/g, '')),
  method('length', isString, (self) => self.length),
  method('replaceAll', isString, (self, regex = '', by = '') => self.replace(new RegExp(regex, 'g'), () => by)),
  method('keySet', isMap, (self) => [...self.keys()]),
];

/**
 * Renders a mapping template that `lintTemplate` has let pass.
 *
 * @throws TemplateError where API Gateway answers 5XX, or what it does is not known.
 */
export function renderTemplate(template: string, { body, parameters, context }: TemplateInput): Rendered {
  const read = (path: string) => valueAt(body === '' ? '{}' : body, path);
  const header = once<string>();
  const responseOverride = once<unknown>();
  responseOverride.header = header;
  const compiled = new MappingTemplate(parse(template), { env: 'development', customMethodHandlers });
  const text = compiled.render({
    input: {
      body: body === '' ? '{}' : body,
      path: read,
      json: (path: string) => toJson(read(path) ?? ''),
      params: () => new Map(Object.entries(parameters).map(([place, all]) => [place, new Map(Object.entries(all))])),
    },
    util: { escapeJavaScript, parseJson: (text: string): unknown => JSON.parse(text) },
    context: { ...context, responseOverride },
  });
  const { status } = responseOverride;
  if (status === undefined) return { text, headers: header };
  if (Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 599) {
    return { text, status: Number(status), headers: header };
  }
  throw new TemplateError(`the status ${String(status)} is not a whole number from 100 to 599`);
}

/** Holds what a template overrides, by names in lower case. API Gateway answers 5XX to a second override of the same. */
function once<Value>(): Record<string, Value> {
  return new Proxy<Record<string, Value>>(Object.create(null), {
    set(target, property, value) {
      const name = String(property).toLowerCase();
      if (name in target) throw new TemplateError(`${name} is overridden a second time`);
      target[name] = value;
      return true;
    },
  });
}

/** The value at a path like `$.name`; nothing for `null`, as `$!` prints. */
function valueAt(body: string, path: string): unknown {
  let root: unknown;
  try {
    root = JSON.parse(body);
  } catch (error) {
    throw new TemplateError('the body is not JSON: what API Gateway makes of it is not known', { cause: error });
  }
  const name = path.replace(/^\$\./, '');
  if (typeof root !== 'object' || root === null || !Object.hasOwn(root, name)) return undefined;
  return (root as Record<string, unknown>)[name] ?? undefined;
}

function toJson(value: unknown): string {
  if (typeof value === 'object') throw new TemplateError('$input.json() of a map or a list is not modelled');
  return typeof value === 'number' ? javaNumber(value) : JSON.stringify(value);
}

/** Java writes a start date like 1763976600.5 as 1.7639766005E9, which is the same number in JSON. */
function javaNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) < 1e7) return String(value);
  return value.toExponential().replace('e+', 'E');
}

const escapes: Readonly<Record<string, string>> = {
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * `StringEscapeUtils.escapeJavaScript` of Apache Commons Lang 2: it also escapes `'`, which JSON does not allow, and
 * writes every UTF-16 unit above U+007F as `\u` and four upper-case hexadecimal digits.
 */
export function escapeJavaScript(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape.
  return text.replace(/['"\\/\u0000-\u001f\u0080-\uffff]/g, (unit) => {
    return escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
