import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Metafile } from 'esbuild';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

/** The folder of this package. */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** One ES module with everything in it, and esbuild's account of what that is. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly account: Metafile['outputs'][string];
}

/** The bundle of a function, and its source map. */
export interface FunctionBundle extends Bundle {
  readonly map: Uint8Array;
}

/**
 * How modules are bundled for Lambda, from the sources of this workspace. The condition `module` and the main field of
 * that name prefer the ES modules of the SDK: its CommonJS builds are half as large again and cannot `require` what
 * Node.js brings. Paths are relative to this package, so that the same sources give the same bytes in every folder.
 */
const options = {
  absWorkingDir: packageFolder,
  outdir: 'bundles',
  outExtension: { '.js': '.mjs' },
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  conditions: ['@coffee/source', 'module', 'import'],
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

/** Bundles the functions, one entry module each in `src/functions`: what they share is read once. Answers by name. */
export async function bundleFunctions(): Promise<ReadonlyMap<string, FunctionBundle>> {
  const entryPoints = (await readdir(new URL('../functions', import.meta.url)))
    .sort()
    .map((file) => `src/functions/${file}`);
  const { outputFiles, metafile } = await build({ ...options, entryPoints, sourcemap: 'external' });
  const contents = new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
  const contentOf = (file: string) => {
    const content = contents.get(file);
    if (content === undefined) throw new Error(`esbuild wrote no ${file}`);
    return content;
  };
  return new Map(
    Object.entries(metafile.outputs).flatMap(([path, account]) => {
      if (account.entryPoint === undefined) return [];
      const file = basename(path);
      return [[basename(file, '.mjs'), { code: contentOf(file), map: contentOf(`${file}.map`), account }]];
    }),
  );
}

/** Bundles a module that is given as text, as if it stood in this package. */
export async function bundleText(contents: string): Promise<Bundle> {
  const stdin = { contents, resolveDir: packageFolder, loader: 'ts' } as const;
  const { outputFiles, metafile } = await build({ ...options, stdin });
  const [account] = Object.values(metafile.outputs);
  if (outputFiles[0] === undefined || account === undefined) throw new Error('esbuild wrote nothing');
  return { code: outputFiles[0].contents, account };
}

const unix = 3;
const readableFile = 0o100644 << 16;

/**
 * A deployment package with one file, `index.mjs`: the same bytes for the same code, whenever and wherever it is made.
 */
export function zipBundle(code: Uint8Array): Uint8Array {
  return zipSync({
    'index.mjs': [code, { level: 9, mtime: new Date(1980, 0, 1), os: unix, attrs: readableFile }],
  });
}
