import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bareClients } from '../test-support/bundles.ts';
import type { Bundle } from './bundle.ts';
import { bundleFunctions, bundleText, packageFolder, zipBundle } from './bundle.ts';

/**
 * What of a bundle is whose: the packages and the files of this package that have bytes in it, by esbuild's account.
 */
function contentsOf({ inputs }: Bundle['account']): { packages: string[]; files: string[] } {
  const paths = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  return {
    packages: [...new Set(paths.flatMap(packageOf))].sort(),
    files: paths.filter((path) => path.startsWith('src/')).sort(),
  };
}

function packageOf(path: string): string[] {
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (installed !== undefined) return [installed];
  const workspace = /^\.\.\/([^/]+)\//.exec(path)?.[1];
  return workspace === undefined ? [] : [`@coffee/${workspace}`];
}

const functions = [...(await bundleFunctions())];
const madeAgain = await bundleFunctions();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const dynamodb = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@coffee/adapter-dynamodb'];
const s3 = ['@aws-sdk/client-s3', '@coffee/adapter-s3'];
const sns = ['@aws-sdk/client-sns', '@coffee/adapter-sns'];

/** The packages of one technology that a function may hold. */
const own: Readonly<Record<string, readonly string[]>> = {
  authorize: ['@coffee/adapter-oidc'],
  'put-item': dynamodb,
  'put-object': s3,
  notify: [...dynamodb, ...sns],
  'get-item': dynamodb,
  'get-object': [...s3, '@aws-sdk/s3-request-presigner'],
};

/** Clients of the SDK, what is built on one, and adapters. */
const isOfOneTechnology = (name: string) =>
  /^@aws-sdk\/(client-|lib-|s3-request-presigner)|^@coffee\/adapter-/.test(name);

describe('a bundle', () => {
  it('is made of each function', () => {
    expect(functions.map(([name]) => name)).toEqual(Object.keys(bareClients).sort());
  });

  it.each(functions)('%s holds its own adapters, clients and handler, and no others', (name, { account }) => {
    const { packages, files } = contentsOf(account);
    expect(packages.filter(isOfOneTechnology)).toEqual([...(own[name] ?? [])].sort());
    const handlers = name.startsWith('get-') || name === 'authorize' ? [`src/handlers/${name}-handler.ts`] : [];
    expect(files.filter((file) => file.startsWith('src/handlers/'))).toEqual(handlers);
  });

  it.each(functions)('%s imports nothing but what Node.js brings', (_, { account }) => {
    const imports = account.imports.map(({ path }) => path);
    expect(imports.filter((path) => !path.startsWith('node:'))).toEqual([]);
  });

  it.each(functions)('%s is at most 200 kB larger than its bare clients', async (name, { code }) => {
    const bare = await bundleText(bareClients[name] ?? '');
    expect(bare.code.byteLength).toBeGreaterThan(name === 'authorize' ? 30_000 : 300_000);
    expect(code.byteLength).toBeLessThanOrEqual(bare.code.byteLength + 200_000);
  });

  it.each(functions)('%s is the same bytes when it is made again, and names no folder of this machine', (name, one) => {
    const other = madeAgain.get(name);
    expect(Buffer.from(zipBundle(one.code)).equals(zipBundle(other?.code ?? new Uint8Array()))).toBe(true);
    expect(text(one.code)).not.toContain(packageFolder);
    expect(text(one.map)).not.toContain(packageFolder);
  });
});

describe('@coffee/lambdas', () => {
  it('loads no SDK, and none of what only runs on Lambda', async () => {
    const { packages } = contentsOf((await bundleText(`export * from './src/index.ts';`)).account);
    expect(packages.filter((name) => /^@(aws|smithy)/.test(name) || isOfOneTechnology(name))).toEqual([]);
  });
});

describe('zipBundle', () => {
  it('holds one file that anybody may read', () => {
    const code = new TextEncoder().encode('export const handler = 1;');
    const zip = Buffer.from(zipBundle(code));
    expect(unzipSync(zip)).toEqual({ 'index.mjs': code });
    expect(zip.readUInt32LE(zip.indexOf('PK\x01\x02') + 38) >>> 16).toBe(0o100644);
  });
});
