import { fileURLToPath } from 'node:url';
import { defaultMenu, defineMenu, isIdentifier, parseInvoiceKey, safeParseOrder } from '@coffee/domain';
import { menus, ordersOf } from '@coffee/domain/arbitraries';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { oas31 } from 'zod-openapi';
import { openApiDocument } from './document.ts';

const committed = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const written = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
const document = openApiDocument({ menu: defaultMenu });

/** Whether the schema at a place of a document accepts a value. */
function accepting(of: unknown): (place: readonly string[], value: unknown) => boolean {
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  ajv.addSchema(written(of), 'openapi');
  return (place, value) => {
    const keys = place.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
    const pointer = `openapi#${keys.join('')}`;
    return (ajv.getSchema(pointer) ?? ajv.compile({ $ref: pointer }))(value) === true;
  };
}

const accepts = accepting(document);
const request = ['components', 'schemas', 'OrderRequest'];

interface Content {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** Every place in a value that has an example. */
function* examplesIn(
  value: unknown,
  ...keys: string[]
): Generator<readonly [place: readonly string[], example: unknown]> {
  if (typeof value !== 'object' || value === null) return;
  const { example, examples = {} } = value as Content;
  const shown = [...(example === undefined ? [] : [example]), ...Object.values(examples).map((each) => each.value)];
  for (const each of shown) yield [[...keys, 'schema'], each];
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'example' && key !== 'examples') yield* examplesIn(inner, ...keys, key);
  }
}

/** Every object in a value. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

/** Uses the domain's own type for the order, whatever the menu; openapi-fetch does not know its readonly array. */
const wireOrder = `import type { Order as DomainOrder } from '@coffee/domain';
type Order = Omit<DomainOrder, 'eventtype'> & { eventtype: string[] };
`;

describe('the OpenAPI document', () => {
  it('is docs/openapi.json; if not: npx pnpm openapi', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(committed('docs/openapi.json'));
  });

  it('is where the types of the client come from; if not: npx pnpm openapi', async () => {
    const reference = ts.factory.createTypeReferenceNode('Order');
    const nodes = await openapiTS(JSON.stringify(document), {
      inject: wireOrder,
      transform: (_, { path }) => (path === '#/components/schemas/Order' ? reference : undefined),
    });
    const types = `/** Generated from docs/openapi.json by openapi-typescript: npx pnpm openapi */\n${astToString(nodes)}`;
    await expect(types).toMatchFileSnapshot(committed('packages/api/src/generated/paths.ts'));
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(written(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('shows examples that its schemas accept', () => {
    const examples = [...examplesIn(document)];
    expect(examples.length).toBeGreaterThan(50);
    for (const [place, example] of examples) expect(accepts(place, example), place.join(' ')).toBe(true);
  });

  it('has what generators of clients need: one server, no enum of mixed types, no constant number', () => {
    fc.assert(
      fc.property(menus, (menu) => {
        const { servers: _, ...others } = openApiDocument({ menu });
        for (const object of objectsIn(others)) {
          expect(object).not.toHaveProperty('servers');
          expect(object.const).not.toBeTypeOf('number');
          const { enum: values } = object;
          if (Array.isArray(values)) expect(new Set(values.map((value) => typeof value)).size).toBe(1);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('takes a token with every call, and needs it for none; a signed link and how to sign in take none', () => {
    const { security, components, paths = {} } = openApiDocument({ menu: defaultMenu });
    expect(security).toEqual([{}, { bearer: [] }]);
    expect(components?.securitySchemes?.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    for (const [path, item] of Object.entries(paths)) {
      for (const { security: own, responses = {} } of Object.values(item) as oas31.OperationObject[]) {
        const isOpen = /^\/(?:invoices\/|issuer$)/.test(path);
        expect(own, path).toEqual(isOpen ? [] : undefined);
        const { headers } = (responses[401] ?? {}) as oas31.ResponseObject;
        expect(headers?.['WWW-Authenticate'], path).toEqual(isOpen ? undefined : expect.anything());
      }
    }
  });

  it('names the server that serves it, and describes the menu sold there', () => {
    const menu = defineMenu({
      currency: 'EUR',
      coffeetypes: ['Espresso'],
      coffeesizes: [{ coffeesize: 'Tiny', unitprice: '1.20' }],
    });
    const other = openApiDocument({ menu, origin: 'http://127.0.0.1:4000' });
    expect(other.servers).toEqual([{ url: 'http://127.0.0.1:4000' }]);
    const [, example] = [...examplesIn(other)].find(([place]) => place.includes('requestBody')) ?? [];
    expect(safeParseOrder((example as { order: unknown }).order, menu).success).toBe(true);
    expect(accepting(other)(request, example)).toBe(true);
    expect(accepts(request, example)).toBe(false);
  });

  it('accepts every order that the domain accepts, of any menu', () => {
    const menuAndOrder = menus.chain((menu) => fc.tuple(fc.constant(menu), ordersOf(menu)));
    fc.assert(
      fc.property(menuAndOrder, ([menu, order]) => {
        expect(accepting(openApiDocument({ menu }))(request, { order })).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('accepts the invoice keys that the domain accepts', () => {
    const place = ['paths', '/prod/invoice', 'get', 'parameters', '0', 'schema'];
    const year = fc.constantFrom('0000', '0001', '0010', '0100', '1000', '2026', '9999', '26', '02026');
    const month = fc.constantFrom('0', '1', '01', '9', '10', '12', '13');
    const account = fc.constantFrom('a0', 'A.b_c-d', '.a', '', 'a b', 'a'.repeat(64), 'a'.repeat(65), 'a/b', 'a\n');
    fc.assert(
      fc.property(year, month, account, (...parts) => {
        const key = parts.join('/');
        const isKey = () => {
          try {
            return isIdentifier(parseInvoiceKey(key).accountid);
          } catch {
            return false;
          }
        };
        expect(accepts(place, key), key).toBe(isKey());
      }),
      { numRuns: 1_000, seed: 4 },
    );
  });
});
