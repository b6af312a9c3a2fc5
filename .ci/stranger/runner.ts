// The runner that runs the tests: each has its own, and Vitest says that it is there.
const vitest = process.env.VITEST === undefined ? undefined : await import('vitest');
const jest = vitest === undefined ? await import('@jest/globals') : undefined;

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('neither Vitest nor Jest is running');
  return value;
}

export const runner = needed(vitest ?? jest);
/** The fake timers of both runners have the same names. */
export const timers = needed(vitest?.vi ?? jest?.jest);
