import type { Bundle } from '../bundling/bundle.ts';
import { bundle } from '../bundling/bundle.ts';

const made = new Map<string, Promise<Bundle>>();

/** The bundle of a function, made once for the tests of a file. */
export function functionBundle(name: string): Promise<Bundle> {
  const present = made.get(name);
  if (present !== undefined) return present;
  const making = bundle({ file: `src/functions/${name}.ts` });
  made.set(name, making);
  return making;
}
