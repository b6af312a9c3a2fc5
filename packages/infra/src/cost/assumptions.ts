import list from './assumptions.json' with { type: 'json' };
import type { Fraction } from './fraction.ts';
import { exact } from './fraction.ts';

/** What the template does not say, by its name in `assumptions.json`, where each has its reason. */
export function assumed(name: keyof typeof list): Fraction {
  return exact(list[name].value);
}
