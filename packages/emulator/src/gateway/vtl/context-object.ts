import { TemplateError } from './template-error.ts';
import type { Value } from './value.ts';
import { JavaObject, textOf } from './value.ts';

/** Header, path or query parameters that a template replaced. */
export type Overridden = Readonly<Record<string, string>>;

/** What can be set once: a second time, API Gateway answers 5XX. */
class OverrideObject extends JavaObject {
  override readonly reference: string;
  readonly values: Record<string, string> = {};

  constructor(reference: string) {
    super();
    this.reference = reference;
  }

  override set(property: string, value: Value): void {
    const same = Object.keys(this.values).find((name) => name.toLowerCase() === property.toLowerCase());
    if (same !== undefined) throw new TemplateError(`${this.reference}.${property} is overridden a second time`);
    this.values[property] = textOf(value, `${this.reference}.${property}`);
  }
}

/** `$context.requestOverride`. */
class RequestOverrideObject extends JavaObject {
  override readonly reference = '$context.requestOverride';
  readonly header = new OverrideObject(`${this.reference}.header`);
  readonly path = new OverrideObject(`${this.reference}.path`);
  readonly querystring = new OverrideObject(`${this.reference}.querystring`);

  override get(property: string): Value {
    if (property === 'header' || property === 'path' || property === 'querystring') return this[property];
    return super.get(property);
  }
}

/** `$context.responseOverride`. */
class ResponseOverrideObject extends JavaObject {
  override readonly reference = '$context.responseOverride';
  readonly header = new OverrideObject(`${this.reference}.header`);
  status: number | undefined;

  override get(property: string): Value {
    return property === 'header' ? this.header : super.get(property);
  }

  /** API Gateway ignores a status that is not a whole number from 100 to 599; here it is refused. */
  override set(property: string, value: Value): void {
    if (property !== 'status') super.set(property, value);
    if (this.status !== undefined) throw new TemplateError(`${this.reference}.status is overridden a second time`);
    if (typeof value !== 'number' || value < 100 || value > 599) {
      throw new TemplateError(`${this.reference}.status must be a whole number from 100 to 599`);
    }
    this.status = value;
  }
}

/** `$context`: the values of the request, and the overrides. */
export class ContextObject extends JavaObject {
  override readonly reference = '$context';
  readonly requestOverride = new RequestOverrideObject();
  readonly responseOverride = new ResponseOverrideObject();
  readonly #values: ReadonlyMap<string, Value>;

  constructor(values: ReadonlyMap<string, Value>) {
    super();
    this.#values = values;
  }

  override get(property: string): Value {
    if (property === 'requestOverride' || property === 'responseOverride') return this[property];
    const value = this.#values.get(property);
    if (value === undefined) throw new TemplateError(`$context.${property} is not modelled`);
    return value;
  }
}
