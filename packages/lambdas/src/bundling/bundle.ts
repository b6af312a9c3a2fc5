import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';

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
