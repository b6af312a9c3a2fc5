import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultMenu } from '@coffee/domain';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { readStage } from './stage.ts';

const read = (context: Readonly<Record<string, unknown>>) => readStage({ tryGetContext: (key) => context[key] });
const rejected = (message: unknown) => expect.objectContaining({ name: 'StageRejected', message });

it('is dev, with the default menu, retained, without a subscriber and open to no one by default', () => {
  expect(read({})).toEqual({
    name: 'dev',
    menu: defaultMenu,
    open: false,
    dashboard: false,
    protect: false,
    disposable: false,
  });
});

it('reads everything', () => {
  const context = {
    stage: 'blue-2',
    email: 'coffee@example.com',
    allow: '10.0.0.0/8,::1/128',
    budget: '200',
    disposable: 'true',
    open: 'true',
    dashboard: 'true',
    issuer: 'https://issuer.example/realms/coffee',
    audience: 'coffee-orders',
  };
  expect(read(context)).toEqual({
    name: 'blue-2',
    menu: defaultMenu,
    email: 'coffee@example.com',
    allow: ['10.0.0.0/8', '::1/128'],
    budget: 200,
    issuer: { url: 'https://issuer.example/realms/coffee', audience: 'coffee-orders' },
    open: true,
    dashboard: true,
    protect: false,
    disposable: true,
  });
});

it.each([
  [{ stage: 'Prod' }, 'stage'],
  [{ stage: '' }, 'stage'],
  [{ stage: 'a'.repeat(21) }, 'stage'],
  [{ email: 'coffee' }, 'email'],
  [{ email: 'a@b.c,d@e.f' }, 'email'],
  [{ allow: '10.0.0.0' }, 'allow'],
  [{ allow: '10.0.0.0/8, 11.0.0.0/8' }, 'allow'],
  [{ disposable: 'yes' }, 'disposable'],
  [{ protect: 'true', disposable: 'true' }, 'protect'],
  [{ open: 'yes' }, 'open'],
  [{ open: '' }, 'open'],
  [{ dashboard: '1' }, 'dashboard'],
  [{ budget: '0', email: 'a@b.c' }, 'budget'],
  [{ budget: '10 USD', email: 'a@b.c' }, 'budget'],
  [{ budget: '10' }, 'email'],
  [{ issuer: 'https://issuer.example' }, 'issuer and audience belong together'],
  [{ audience: 'coffee-orders' }, 'issuer and audience belong together'],
  [{ issuer: 'http://issuer.example', audience: 'coffee-orders' }, 'issuer must be an https URL'],
  [{ issuer: 'issuer.example', audience: 'coffee-orders' }, 'issuer must be an https URL'],
  [{ issuer: 'https://issuer.example?x=1', audience: 'coffee-orders' }, 'issuer must be an https URL'],
  [{ issuer: 'https://issuer.example', audience: '' }, 'audience'],
])('refuses %j and names the value', (context, name) => {
  expect(() => read(context)).toThrow(rejected(expect.stringMatching(name)));
});

describe('the menu', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coffee-menu-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => vi.unstubAllEnvs());

  /** The path of a file with this text, or this value as JSON. */
  function fileOf(name: string, content: unknown): string {
    const file = join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }
  const yen = { currency: 'JPY', coffeetypes: ['Latte'], coffeesizes: [{ coffeesize: 'Small', unitprice: '450' }] };

  it('is read from a JSON file', () => {
    expect(read({ menu: fileOf('yen.json', yen) }).menu).toEqual(yen);
  });

  it('is found from where the command was called', () => {
    vi.stubEnv('INIT_CWD', folder);
    fileOf('near.json', yen);
    expect(read({ menu: 'near.json' }).menu).toEqual(yen);
  });

  it.each([
    ['a currency that there is not', { ...yen, currency: 'yen' }, 'menu.currency must be the code of a currency'],
    [
      'a price of more places than the currency has',
      { ...yen, coffeesizes: [{ coffeesize: 'Small', unitprice: '4.50' }] },
      'menu.coffeesizes.0.unitprice must be a price',
    ],
    ['no type', { ...yen, coffeetypes: [] }, 'menu.coffeetypes must have at least one coffee type'],
    ['half a file', '{"currency": ', 'is not JSON: '],
  ])('with %s is refused, with the file, the field and the rule', (_, content, rule) => {
    const menu = fileOf('bad.json', content);
    const said = expect.stringContaining(`menu: ${menu} is not `);
    expect(() => read({ menu })).toThrow(rejected(said));
    expect(() => read({ menu })).toThrow(rule);
  });

  it('that cannot be read is refused, with the file', () => {
    const menu = join(folder, 'nowhere.json');
    expect(() => read({ menu })).toThrow(
      rejected(expect.stringMatching(/^menu: .*nowhere\.json cannot be read: ENOENT/)),
    );
  });

  it('must fit the environment of a function', () => {
    const types = (count: number) => Array.from({ length: count }, (_, index) => `Coffee ${index}`.padEnd(36, '☕'));
    const bytes = (count: number) => Buffer.byteLength(JSON.stringify({ ...yen, coffeetypes: types(count) }));
    expect([bytes(37), bytes(38)]).toEqual([3552, 3645]);
    expect(read({ menu: fileOf('full.json', { ...yen, coffeetypes: types(37) }) }).menu.coffeetypes).toHaveLength(37);
    const menu = fileOf('long.json', { ...yen, coffeetypes: types(38) });
    expect(() => read({ menu })).toThrow(rejected(expect.stringMatching(/takes 3645 bytes .* has room for 3584$/)));
  });
});
