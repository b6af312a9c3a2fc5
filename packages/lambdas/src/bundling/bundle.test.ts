import type { Metafile } from 'esbuild';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bareClients } from '../test-support/bundles.ts';
import type { Bundle } from './bundle.ts';
import { bundle, functionNames, packageFolder, zipBundle } from './bundle.ts';

const made = new Map<string, Promise<Bundle>>();

/** The bundle of a function, made once for the tests of a file. */
function functionBundle(name: string): Promise<Bundle> {
  const present = made.get(name);
  if (present !== undefined) return present;
  const making = bundle({ file: `src/functions/${name}.ts` });
  made.set(name, making);
  return making;
}

/**
 * What of a bundle is whose: the packages and the files of this package that have bytes in it, by esbuild's account.
 */
function contentsOf({ outputs }: Metafile): { packages: string[]; files: string[] } {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return {
    packages: [...new Set(inputs.flatMap(packageOf))].sort(),
    files: inputs.filter((path) => path.startsWith('src/')).sort(),
  };
}

function packageOf(path: string): string[] {
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (installed !== undefined) return [installed];
  const workspace = /^\.\.\/([^/]+)\//.exec(path)?.[1];
  return workspace === undefined ? [] : [`@coffee/${workspace}`];
}

const names = await functionNames();
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
  it.each(names)('%s holds its own adapters, clients and handler, and no others', async (name) => {
    const { packages, files } = contentsOf((await functionBundle(name)).metafile);
    expect(packages.filter(isOfOneTechnology)).toEqual([...(own[name] ?? [])].sort());
    const handlers = name.startsWith('get-') || name === 'authorize' ? [`src/handlers/${name}-handler.ts`] : [];
    expect(files.filter((file) => file.startsWith('src/handlers/'))).toEqual(handlers);
  });

  it.each(names)('%s imports nothing but what Node.js brings', async (name) => {
    const { outputs } = (await functionBundle(name)).metafile;
    const imports = Object.values(outputs).flatMap((output) => output.imports.map(({ path }) => path));
    expect(imports.filter((path) => !path.startsWith('node:'))).toEqual([]);
  });

  it.each(names)('%s is at most 200 kB larger than its bare clients', async (name) => {
    const ours = await functionBundle(name);
    const bare = await bundle({ text: bareClients[name] ?? '' });
    expect(bare.code.byteLength).toBeGreaterThan(name === 'authorize' ? 30_000 : 300_000);
    expect(ours.code.byteLength).toBeLessThanOrEqual(bare.code.byteLength + 200_000);
  });

  it.each(names)('%s is the same bytes when it is made again, and names no folder of this machine', async (name) => {
    const one = await functionBundle(name);
    const other = await bundle({ file: `src/functions/${name}.ts` });
    expect(Buffer.from(zipBundle(one.code)).equals(zipBundle(other.code))).toBe(true);
    expect(text(one.code)).not.toContain(packageFolder);
    expect(text(one.map)).not.toContain(packageFolder);
  });
});

describe('@coffee/lambdas', () => {
  it('loads no SDK, and none of what only runs on Lambda', async () => {
    const { packages } = contentsOf((await bundle({ text: `export * from './src/index.ts';` })).metafile);
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
