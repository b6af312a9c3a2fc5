import { assumed } from './assumptions.ts';
import type { Fraction } from './fraction.ts';
import { excess, product, quotient, roundedUp, sum } from './fraction.ts';
import times from './function-times.json' with { type: 'json' };

/** A function by its name in `function-times.json`. */
export type FunctionName = Exclude<keyof typeof times, 'measured' | 'estimated'>;

/** A function as it is deployed. */
export interface Deployed {
  readonly memory: number;
  readonly architecture: string;
}

/**
 * Billed milliseconds of a call: its CPU time, slower by as much as the memory buys less than a vCPU, and its waiting, up
 * to the next millisecond; and its part of a cold start.
 */
export function milliseconds(name: FunctionName, memory: number): Fraction {
  const { cpu, wait } = times[name];
  const slower = sum(1, excess(quotient(assumed('vcpuMegabytes'), memory), 1));
  const busy = product(sum(cpu, assumed('runtimeCpuMilliseconds')), slower);
  const init = assumed(name.startsWith('example-') ? 'pythonInitMilliseconds' : 'nodeInitMilliseconds');
  return sum(roundedUp(sum(busy, wait)), product(assumed('coldStartShare'), init));
}

/** What calls of a function are billed. */
export function gigabyteSeconds(name: FunctionName, memory: number, calls: Fraction): Fraction {
  return product(calls, quotient(milliseconds(name, memory), 1000), quotient(memory, 1024));
}
