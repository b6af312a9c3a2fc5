import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** The packages in a browser's bundle of what is taken from `@coffee/api`, and its size in bytes. */
async function bundleOf(names: string): Promise<{ readonly packages: readonly string[]; readonly bytes: number }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export { ${names} } from './index.ts';`, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    minify: true,
    conditions: ['@coffee/source'],
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const packages = files.flatMap(([file]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return { packages: [...new Set(packages)], bytes: outputFiles[0]?.contents.byteLength ?? 0 };
}

it('gives the problems and the reading of queries without any library', async () => {
  const { packages, bytes } = await bundleOf('problem, rejection, readQuery, textRule');
  expect(packages).toEqual([]);
  expect(bytes).toBeLessThan(5_000);
});

it('gives browsers the client without the schemas', async () => {
  const { packages, bytes } = await bundleOf('createClient, ApiProblem');
  expect(packages).toEqual(['openapi-fetch']);
  expect(bytes).toBeLessThan(15_000);
});
