import { readdir } from 'node:fs/promises';

/** The functions: one entry module each in `src/functions`. */
export async function functionNames(): Promise<string[]> {
  const files = await readdir(new URL('../functions', import.meta.url));
  return files.map((file) => file.replace(/\.ts$/, '')).sort();
}
