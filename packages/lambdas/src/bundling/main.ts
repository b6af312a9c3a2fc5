import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionBundle } from './bundle.ts';
import { bundleFunctions, packageFolder, zipBundle } from './bundle.ts';

// Writes bundles/NAME.zip for each function, bundles/NAME/index.mjs to look at, and bundles/maps/NAME.mjs.map.

const folder = join(packageFolder, 'bundles');

async function write(name: string, { code, map }: FunctionBundle): Promise<string> {
  const zip = zipBundle(code);
  await mkdir(join(folder, name), { recursive: true });
  await mkdir(join(folder, 'maps'), { recursive: true });
  await writeFile(join(folder, name, 'index.mjs'), code);
  await writeFile(join(folder, 'maps', `${name}.mjs.map`), map);
  await writeFile(join(folder, `${name}.zip`), zip);
  return `${name}: ${kilobytes(code)}, zipped ${kilobytes(zip)}`;
}

function kilobytes({ byteLength }: Uint8Array): string {
  return `${Math.round(byteLength / 1000)} kB`;
}

for (const [name, bundle] of await bundleFunctions()) console.log(await write(name, bundle));
