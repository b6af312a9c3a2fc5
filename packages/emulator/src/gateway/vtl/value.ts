import { JavaDouble } from './java-double.ts';
import { TemplateError } from './template-error.ts';

/** What a template computes with. A `number` or `bigint` is whole; a fraction is a {@link JavaDouble}. */
export type Value = null | string | boolean | number | bigint | JavaDouble | Value[] | ValueMap | JavaObject;

/** A map, in the order of its JSON text. */
export type ValueMap = Map<string, Value>;

/** An object of API Gateway's own, like `$input`: it has the methods and properties that its documentation names. */
export abstract class JavaObject {
  abstract readonly reference: string;

  call(method: string, args: readonly Value[]): Value {
    throw new TemplateError(`${this.reference}.${method}() with ${args.length} arguments is not modelled`);
  }

  get(property: string): Value {
    throw new TemplateError(`${this.reference}.${property} is not modelled`);
  }

  set(property: string, _value: Value): void {
    throw new TemplateError(`${this.reference}.${property} cannot be set`);
  }
}

/** The text of a value inside a template. Maps and lists are refused: how API Gateway prints them is not documented. */
export function textOf(value: Value, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof JavaDouble) return value.toString();
  if (value === null) throw new TemplateError(`${what} has no value`);
  throw new TemplateError(`${what} is a map, a list or an object; print its parts, or $input.json(…)`);
}

/** Whether `#if` takes the branch. In Velocity 1.7 only `null` and `false` are false: `""` and `0` are true. */
export const isTrue = (value: Value): boolean => value !== null && value !== false;
