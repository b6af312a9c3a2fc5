import type { OpenApiDocument } from '@coffee/api/openapi';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

interface DescribedResponse {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
}

/** An operation, as far as answers are concerned. */
interface DescribedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DescribedResponse>>;
}

const methods = ['get', 'post', 'put', 'delete'];
const id = 'openapi';

/** A part of the document as a JSON pointer. */
export const pointer = (...keys: readonly string[]): string =>
  `${id}#${keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;

/** Objects that list their members take no others: an answer must not hold what is not described. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, close(value)]));
  const isOpen = closed.type === 'object' && 'properties' in closed && !('additionalProperties' in closed);
  return isOpen ? { ...closed, additionalProperties: false } : closed;
}

/** Compares answers with the document, and remembers which were seen. */
export class DescribedAnswers {
  readonly #document: OpenApiDocument;
  readonly #ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  readonly seen = new Set<string>();

  constructor(document: OpenApiDocument) {
    const { components } = document;
    this.#document = document;
    this.#ajv.addSchema({ ...document, components: close(components) as typeof components }, id);
  }

  /** Every operation with its method and path. */
  *operations(): Generator<readonly [method: string, path: string, operation: DescribedOperation]> {
    for (const [path, item] of Object.entries(this.#document.paths as Readonly<Record<string, Json>>)) {
      for (const method of methods.filter((name) => name in item)) {
        yield [method.toUpperCase(), path, item[method] as DescribedOperation];
      }
    }
  }

  /** Every answer that is described, like `placeOrder 400 OrderRejected`. */
  described(): string[] {
    return [...this.operations()].flatMap(([, , { operationId, responses }]) =>
      Object.entries(responses).flatMap(([status, response]) => {
        const codes = codesOf(response);
        return codes.length === 0
          ? [`${operationId} ${status}`]
          : codes.map((code) => `${operationId} ${status} ${code}`);
      }),
    );
  }

  /** What is wrong with a value by the schema at a place of the document; empty if nothing is. */
  faultsOf(place: string, value: unknown): readonly string[] {
    const validate = this.#ajv.getSchema(place) ?? this.#ajv.compile({ $ref: place });
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  /**
   * Checks the status, the headers and the body of an answer.
   *
   * @throws Error when it is not described so.
   */
  async check(method: string, url: string, answer: Response): Promise<void> {
    const { pathname } = new URL(url);
    const found = [...this.operations()].find(([name, path]) => {
      return name === method && new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
    });
    const [, path = '', operation] = found ?? [];
    const response = operation?.responses[answer.status];
    const text = await answer.text();
    const wrong = (reason: string) => new Error(`${method} ${pathname} ${answer.status}: ${reason}\n${text}`);
    if (operation === undefined || response === undefined) throw wrong('is not described');
    for (const [name, { required }] of Object.entries(response.headers ?? {})) {
      if (required && !answer.headers.has(name)) throw wrong(`lacks the header ${name}`);
    }
    const { content } = response;
    let code = '';
    if (content === undefined) {
      if (text !== '') throw wrong('has a body');
    } else {
      const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
      if (content[type] === undefined) throw wrong(`is of the type ${type}`);
      const keys = ['paths', path, method.toLowerCase(), 'responses', String(answer.status)];
      const body: unknown = JSON.parse(text);
      const faults = this.faultsOf(pointer(...keys, 'content', type, 'schema'), body);
      if (faults.length > 0) throw wrong(faults.join('; '));
      if (codesOf(response).length > 0) code = ` ${(body as { code: string }).code}`;
    }
    this.seen.add(`${operation.operationId} ${answer.status}${code}`);
  }
}

function codesOf({ content = {} }: DescribedResponse): readonly string[] {
  const { schema } = content['application/problem+json'] ?? {};
  if (schema === undefined) return [];
  const [, own] = schema.allOf as [Json, { readonly properties: { readonly code: { readonly enum: string[] } } }];
  return own.properties.code.enum;
}
