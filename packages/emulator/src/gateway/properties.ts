/** A map with unknown values, as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

/** A reference of a CloudFormation template: `Ref`, or `Fn::GetAtt` when there is an attribute. */
interface TemplateReference {
  /** The logical id of a resource, or a pseudo parameter like `AWS::Region`. */
  readonly logicalId: string;
  readonly attribute?: string;
}

/** The value that a reference has in the deployed stack. */
export type Resolve = (reference: TemplateReference) => string;

/**
 * The properties of one resource of a template. A property that is not listed as known is an error, so that nothing that
 * changes an answer of the API is ignored.
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
    if (unknown.length > 0) this.fail(`${unknown.join(', ')} is not understood`);
  }

  /** The value as it is written in the template. */
  raw(name: string): unknown {
    return this.#values[name];
  }

  /** The text of a property, its references resolved; the fallback when there is none. */
  text(name: string, fallback?: string): string {
    const value = this.#values[name] ?? fallback;
    return this.#text(value, name);
  }

  /** A map of texts; empty when there is none. */
  texts(name: string): Record<string, string> {
    const entries = Object.entries((this.#values[name] ?? {}) as Json);
    return Object.fromEntries(entries.map(([key, value]) => [key, this.#text(value, `${name} ${key}`)]));
  }

  /** The only template of a map of templates by content type. */
  jsonTemplate(name: string): string {
    const { 'application/json': template, ...others } = this.texts(name);
    if (template === undefined || Object.keys(others).length > 0) {
      return this.fail(`${name} must have a template for application/json, and no other`);
    }
    return template;
  }

  /** Headers by name, from a map of parameters like `method.response.header.Location` to static values in apostrophes. */
  headers(name: string, prefix: string): Record<string, string> {
    const entries = Object.entries(this.texts(name)).map(([key, expression]) => {
      const [, value] = /^'([^']*)'$/.exec(expression) ?? [];
      if (value === undefined) return this.fail(`the value ${expression} of ${key} is not static`);
      if (!key.startsWith(prefix)) return this.fail(`${key} is not understood: only ${prefix}…`);
      return [key.slice(prefix.length), value] as const;
    });
    return Object.fromEntries(entries);
  }

  /** The items of a list, each to be read with its own properties. */
  items(name: string, known: readonly string[]): Properties[] {
    const items = (this.#values[name] ?? []) as Json[];
    return items.map((item) => new Properties(`${this.#what} ${name}`, item, this.#resolve, known));
  }

  /** A nested object. */
  object(name: string, known: readonly string[]): Properties {
    return new Properties(`${this.#what} ${name}`, (this.#values[name] ?? {}) as Json, this.#resolve, known);
  }

  /** The logical id that a property refers to. */
  logicalId(name: string): string | undefined {
    const value = this.#values[name] as { readonly Ref?: unknown } | undefined;
    return typeof value?.Ref === 'string' ? value.Ref : undefined;
  }

  fail(why: string): never {
    throw new Error(`${this.#what}: ${why}`);
  }

  /** Resolves `Ref`, `Fn::GetAtt` and `Fn::Join`, the intrinsic functions that the stack uses in its API. */
  #text(value: unknown, name: string): string {
    if (typeof value === 'string') return value;
    const [[intrinsic, argument] = [], ...others] = Object.entries(value ?? {});
    if (others.length === 0 && intrinsic === 'Ref') return this.#resolve({ logicalId: String(argument) });
    if (others.length === 0 && intrinsic === 'Fn::GetAtt') {
      const [logicalId, attribute] = argument as [string, string];
      return this.#resolve({ logicalId, attribute });
    }
    if (others.length === 0 && intrinsic === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => this.#text(part, name)).join(separator);
    }
    return this.fail(`${name} must be a text, not ${JSON.stringify(value)}`);
  }
}
