import { parseJson, toJson } from './json.ts';
import { followPath } from './json-path.ts';
import type { Value, ValueMap } from './value.ts';
import { JavaObject } from './value.ts';

/** The parameters of a request by their names as they came, the last of repeated ones. */
export interface RequestParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly header: Readonly<Record<string, string>>;
}

const inOrder = ['path', 'querystring', 'header'] as const;

/** `$input`. */
export class InputObject extends JavaObject {
  override readonly reference = '$input';
  readonly #body: string;
  readonly #parameters: RequestParameters;
  #json: { readonly value: Value } | undefined;

  /** An empty body is `{}`, as API Gateway was seen to have it. */
  constructor(body: string, parameters: RequestParameters) {
    super();
    this.#body = body === '' ? '{}' : body;
    this.#parameters = parameters;
  }

  override get(property: string): Value {
    return property === 'body' ? this.#body : super.get(property);
  }

  override call(method: string, args: readonly Value[]): Value {
    const [name] = args;
    if (method === 'params' && args.length === 0) return this.#allParameters();
    if (typeof name !== 'string' || args.length !== 1) return super.call(method, args);
    if (method === 'params') return this.#parameter(name);
    if (method === 'path') return this.#follow(name) ?? null;
    if (method === 'json') {
      const found = this.#follow(name);
      return toJson(found === undefined ? '' : found, `$input.json(${name})`);
    }
    return super.call(method, args);
  }

  /** Path, query string, header, in this order; names are told apart by case. A missing one is an empty string. */
  #parameter(name: string): string {
    for (const place of inOrder) {
      const values = this.#parameters[place];
      if (Object.hasOwn(values, name)) return values[name] ?? '';
    }
    return '';
  }

  #allParameters(): ValueMap {
    return new Map(inOrder.map((place) => [place, new Map<string, Value>(Object.entries(this.#parameters[place]))]));
  }

  #follow(path: string): Value | undefined {
    this.#json ??= { value: parseJson(this.#body, 'the body') };
    return followPath(this.#json.value, path);
  }
}
