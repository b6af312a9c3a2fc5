import { fileURLToPath } from 'node:url';
import { defineMenu, isIdentifier, parseInvoiceKey, safeParseOrder } from '@coffee/domain';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portMethods, portNames } from '../../faults/fault-targets.ts';
import { parseFault } from '../../faults/parse-fault.ts';
import { DescribedAnswers, pointer } from '../../test-support/described-answers.ts';
import type { AppOptions } from '../app.ts';
import { createApp } from '../app.ts';
import { openApiDocument } from './document.ts';

const committed = fileURLToPath(new URL('../../../../../docs/openapi.json', import.meta.url));
const document = openApiDocument();
const described = new DescribedAnswers(document);
const accepts = (place: string, value: unknown) => described.faultsOf(place, value).length === 0;

interface Content {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** Every place of a value where something bears an example. */
function* examplesIn(value: unknown, ...keys: string[]): Generator<readonly [place: string, example: unknown]> {
  if (typeof value !== 'object' || value === null) return;
  const { example, examples = {} } = value as Content;
  const shown = [...(example === undefined ? [] : [example]), ...Object.values(examples).map((each) => each.value)];
  for (const each of shown) yield [pointer(...keys, 'schema'), each];
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'example' && key !== 'examples') yield* examplesIn(inner, ...keys, key);
  }
}

describe('the OpenAPI document', () => {
  it('is docs/openapi.json; if not: npx pnpm openapi', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(committed);
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document) as Record<string, unknown>)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('shows examples that its schemas accept', () => {
    const examples = [...examplesIn(document)];
    expect(examples.length).toBeGreaterThan(50);
    for (const [place, example] of examples) expect(described.faultsOf(place, example), place).toEqual([]);
  });

  it('describes every route, and nothing that is no route', () => {
    const unasked = {} as AppOptions; // no route is called
    const pages = ['/*', '/docs', '/docs/:file', '/openapi.json'];
    const routes = createApp({ ...unasked, faults: { list: () => [] } } as unknown as AppOptions)
      .routes.filter(({ method, path }) => method !== 'ALL' && !pages.includes(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const calls = [...described.operations()].map(([method, path]) => `${method} ${path}`);
    const link = 'GET /invoices/{year}/{month}/{accountid}';
    expect(calls.map((call) => (call === link ? 'GET /invoices/*' : call)).sort()).toEqual([...new Set(routes)].sort());
  });

  it('names the server it is served by, and describes the menu that is sold there', () => {
    const menu = defineMenu({
      currency: 'EUR',
      coffeetypes: ['Espresso'],
      coffeesizes: [{ coffeesize: 'Tiny', unitprice: '1.20' }],
    });
    const other = openApiDocument({ menu, origin: 'http://127.0.0.1:4000' });
    expect(other.servers).toEqual([{ url: 'http://127.0.0.1:4000/prod' }]);
    expect(other.paths).toMatchObject({ '/menu': { servers: [{ url: 'http://127.0.0.1:4000' }] } });
    const [, example] = [...examplesIn(other)].find(([place]) => place.includes('requestBody')) ?? [];
    expect(safeParseOrder((example as { order: unknown }).order, menu).success).toBe(true);
    expect(new DescribedAnswers(other).faultsOf(pointer('components', 'schemas', 'OrderRequest'), example)).toEqual([]);
    expect(accepts(pointer('components', 'schemas', 'OrderRequest'), example)).toBe(false);
  });

  it('takes the faults that the server takes', () => {
    const methods = Object.values(portMethods).flat();
    const numbers = [0, 1, 1.5, 60_000, 60_001, 1_000_000, 1_000_001, -1, '1', null];
    const one = fc.record(
      {
        port: fc.constantFrom(...portNames, 'Menu'),
        method: fc.constantFrom(...methods, 'delete'),
        kind: fc.constantFrom('before', 'after', 'slow', 'never'),
        milliseconds: fc.constantFrom(...numbers),
        times: fc.constantFrom('always', 'often', ...numbers),
        extra: fc.constant(1),
      },
      { requiredKeys: [] },
    );
    const sensible = fc.constantFrom(...portNames).chain((port) =>
      fc.record({
        port: fc.constant(port),
        method: fc.constantFrom(...portMethods[port]),
        kind: fc.constantFrom('before', 'after', 'slow'),
        milliseconds: fc.constantFrom(undefined, 0, 1, 60_000, 60_001),
        times: fc.constantFrom('always', 0, 1, 1_000_000, 1_000_001),
      }),
    );
    const place = pointer('components', 'schemas', 'Fault');
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(one, sensible), (value) => {
        const fault = JSON.parse(JSON.stringify(value)) as unknown;
        const { success } = parseFault(fault);
        if (success) taken += 1;
        expect(accepts(place, fault)).toBe(success);
      }),
      { numRuns: 500, seed: 4 },
    );
    expect(taken).toBeGreaterThan(10);
  });

  it('takes the invoice keys that the domain takes', () => {
    const { parameters = [] } =
      (document.paths as Record<string, { get: { parameters: { name: string }[] } }>)['/invoice']?.get ?? {};
    const place = pointer('paths', '/invoice', 'get', 'parameters', '0', 'schema');
    expect(parameters[0]?.name).toBe('objectKey');
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
