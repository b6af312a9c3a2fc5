import type { Resolve } from './resolve-value.ts';
import { resolveText, resolveValue } from './resolve-value.ts';

/** A map with unknown values, as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * The properties of one resource of a template. A property that nobody has named is an error, so that nothing that
 * changes the answers of the API is passed over in silence.
 */
export class Properties {
  readonly #what: string;
  readonly #values: Json;
  readonly #resolve: Resolve;

  constructor(what: string, values: Json, resolve: Resolve, known: readonly string[]) {
    this.#what = what;
    this.#values = values;
    this.#resolve = resolve;
    const unknown = Object.keys(values).filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new Error(`${what} has ${unknown.join(', ')}, which the gateway does not understand`);
  }

  /** The value as it stands in the template. */
  raw(name: string): unknown {
    return this.#values[name];
  }

  text(name: string): string {
    return resolveText(this.#values[name], this.#resolve, `${name} of ${this.#what}`);
  }

  textOr(name: string, otherwise: string): string {
    return this.#values[name] === undefined ? otherwise : this.text(name);
  }

  isTrue(name: string): boolean {
    const value = this.#values[name];
    return value === true || value === 'true';
  }

  value(name: string): unknown {
    return resolveValue(this.#values[name], this.#resolve);
  }

  /** A map of texts; empty when there is none. */
  texts(name: string): Record<string, string> {
    const entries = Object.entries((this.#values[name] ?? {}) as Json);
    const what = `${name} of ${this.#what}`;
    return Object.fromEntries(entries.map(([key, value]) => [key, resolveText(value, this.#resolve, what)]));
  }

  /** The items of a list, each to be read with its own properties. */
  items(name: string, known: readonly string[]): Properties[] {
    const items = (this.#values[name] ?? []) as Json[];
    return items.map((item) => new Properties(`${name} of ${this.#what}`, item, this.#resolve, known));
  }

  /** A nested object. */
  object(name: string, known: readonly string[]): Properties {
    const value = this.#values[name];
    if (typeof value !== 'object' || value === null) throw new Error(`${this.#what} has no ${name}`);
    return new Properties(`${name} of ${this.#what}`, value as Json, this.#resolve, known);
  }

  /** The logical id of another resource of the same template. */
  logicalId(name: string): string | undefined {
    const value = this.#values[name] as { readonly Ref?: unknown } | undefined;
    return typeof value?.Ref === 'string' ? value.Ref : undefined;
  }

  fail(why: string): never {
    throw new Error(`${this.#what}: ${why}`);
  }
}
