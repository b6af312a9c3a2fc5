import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as contracts from './index.ts';

const packages = resolve(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(path, 'utf8');
const sources = (pattern: string) => globSync(pattern, { cwd: packages }).map((path) => resolve(packages, path));
const isTest = (path: string) => path.endsWith('.test.ts');

/** A port is an exported interface with an asynchronous method. */
const ports = sources('ports/src/*.ts')
  .filter((path) => !isTest(path))
  .flatMap((path) => [...read(path).matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)])
  .filter(([, , body]) => /\): Promise</.test(body ?? ''))
  .map(([, name]) => name ?? '');

const suiteOf = (port: string) => `${port.charAt(0).toLowerCase()}${port.slice(1)}Contract`;

const adapters = sources('adapter-*/package.json').map((manifest) => {
  const files = sources(`${basename(resolve(manifest, '..'))}/src/**/*.ts`);
  const text = (wanted: boolean) =>
    files
      .filter((path) => isTest(path) === wanted)
      .map(read)
      .join('\n');
  const implemented = [...text(false).matchAll(/\bclass \w+[^{]*?\bimplements ([^{]+)\{/g)].flatMap(([, names]) =>
    (names ?? '').split(',').map((name) => name.trim()),
  );
  return {
    name: basename(resolve(manifest, '..')),
    implemented: ports.filter((port) => implemented.includes(port)),
    tests: text(true),
  };
});

describe('every port has a contract suite', () => {
  it('finds the ports', () => expect(ports).not.toEqual([]));

  it.each(ports)('%s', (port) => {
    expect(contracts).toHaveProperty(suiteOf(port), expect.any(Function));
  });

  it('and every suite has its port', () => {
    expect(Object.keys(contracts).toSorted()).toEqual(ports.map(suiteOf).toSorted());
  });
});

describe('every adapter runs the suites of its ports', () => {
  it('finds the adapters', () => expect(adapters).not.toEqual([]));

  it.each(adapters)('$name', ({ implemented, tests }) => {
    expect(implemented, 'ports it implements').not.toEqual([]);
    const missing = implemented.map(suiteOf).filter((suite) => !new RegExp(`^\\s*${suite}\\(`, 'm').test(tests));
    expect(missing, 'suites that none of its tests calls').toEqual([]);
  });
});
