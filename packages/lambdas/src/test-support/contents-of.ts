import type { Metafile } from 'esbuild';

/**
 * What of a bundle is whose: the packages and the files of this package that have bytes in it, by esbuild's account.
 */
export function contentsOf({ outputs }: Metafile): { packages: string[]; files: string[] } {
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
