/** A CloudFormation template, as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: unknown;
}

/** A step into a value: a key of an object or an index of a list. */
type Step = string | number;

/** What stands at a path inside a value, or undefined. */
export function at(value: unknown, ...path: readonly Step[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<Step, unknown> | null | undefined)?.[step], value);
}

/** The text at a path. @throws Error that names the path where there is none. */
export function textAt(value: unknown, ...path: readonly Step[]): string {
  const text = at(value, ...path);
  if (typeof text !== 'string') throw new Error(`the template has no text at ${path.join('.')}`);
  return text;
}

/** The number at a path. @throws Error that names the path where there is none. */
export function numberAt(value: unknown, ...path: readonly Step[]): number {
  const number = at(value, ...path);
  if (typeof number !== 'number') throw new Error(`the template has no number at ${path.join('.')}`);
  return number;
}

/** The list at a path, empty where there is nothing. @throws Error that names the path where there is something else. */
export function listAt(value: unknown, ...path: readonly Step[]): readonly unknown[] {
  const list = at(value, ...path) ?? [];
  if (!Array.isArray(list)) throw new Error(`the template has no list at ${path.join('.')}`);
  return list;
}
