import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

/** The folder of this package. */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** One ES module with everything in it, its source map, and esbuild's account of what is in it. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly map: Uint8Array;
  readonly metafile: Metafile;
}

/** What to bundle: a file of this package, or a module as text that is bundled as if it stood in this package. */
export type BundleEntry = { readonly file: string } | { readonly text: string };

/**
 * Bundles a module for Lambda from the sources of this workspace. The condition `module` and the main field of that
 * name prefer the ES modules of the SDK: its CommonJS builds are half as large again and cannot `require` what Node.js
 * brings. Paths are relative to this package, so that the same sources give the same bytes in every folder.
 */
export async function bundle(entry: BundleEntry): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...('file' in entry
      ? { entryPoints: [entry.file] }
      : { stdin: { contents: entry.text, resolveDir: packageFolder, loader: 'ts' } }),
    absWorkingDir: packageFolder,
    outfile: 'bundles/index.mjs',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    conditions: ['@coffee/source', 'module', 'import'],
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    logLevel: 'warning',
  });
  const contentOf = (suffix: string) => {
    const file = outputFiles.find(({ path }) => path.endsWith(suffix));
    if (file === undefined) throw new Error(`esbuild wrote no ${suffix}`);
    return file.contents;
  };
  return { code: contentOf('.mjs'), map: contentOf('.mjs.map'), metafile };
}

/** The functions: one entry module each in `src/functions`. */
export async function functionNames(): Promise<string[]> {
  const files = await readdir(new URL('../functions', import.meta.url));
  return files.map((file) => file.replace(/\.ts$/, '')).sort();
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
