// Mutation tests by Stryker, a part at a time: `pnpm mutate`, or `pnpm mutate domain engine` for the parts named. Each part
// is judged by the tests of its own package. Stryker changes the checkout's files while it runs and restores them at its end.
import { globSync, rmSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';

/** Per part: its sources, the tests that judge it, and the least score in percent. */
const parts = {
  // The test of the bundle measures the sources, which Stryker makes longer.
  domain: { sources: 'packages/domain/src', tests: 'packages/domain/src/**/!(browser-bundle).test.ts', least: 95 },
  application: { sources: 'packages/application/src', tests: 'packages/application/src/**/*.test.ts', least: 95 },
  'adapter-sqlite': {
    sources: 'packages/adapter-sqlite/src',
    tests: 'packages/adapter-sqlite/src/**/*.test.ts',
    least: 85,
  },
  engine: {
    sources: 'packages/local/src/engine',
    tests: 'packages/local/src/{engine,simulation}/*.test.ts',
    least: 85,
  },
};

const killed = ['Killed', 'Timeout'];
const alive = ['Survived', 'NoCoverage'];

async function score({ sources, tests }) {
  const mutants = await new Stryker({
    mutate: [`${sources}/**/*.ts`, '!**/*.test.ts', '!**/test-support/**', '!**/arbitraries.ts'],
    testRunner: 'vitest',
    plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
    testFiles: [tests],
    inPlace: true, // the packages find one another through links that a copy would not have
    tempDirName: 'node_modules/.stryker',
    disableTypeChecks: false, // Vitest checks no types
    ignoreStatic: true, // what runs once, at import, would cost a run of all tests for each mutant
    concurrency: 1,
    reporters: ['clear-text'],
    timeoutMS: 3000, // besides one and a half times what the tests take
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  }).runMutationTest();
  const count = (statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  return (100 * count(killed)) / (count(killed) + count(alive));
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) throw new Error(`no such part: ${unknown}; there are ${Object.keys(parts).join(', ')}`);

const lines = [];
for (const name of named.length > 0 ? named : Object.keys(parts)) {
  const { least } = parts[name];
  const percent = await score(parts[name]);
  const passed = percent >= least;
  if (!passed) process.exitCode = 1;
  lines.push(`${passed ? 'ok    ' : 'FAILED'} ${name}: ${percent.toFixed(1)} %, at least ${least} % expected`);
}
for (const file of globSync('stryker-setup-*.js')) rmSync(file); // Stryker leaves them after a timeout
console.log(lines.join('\n'));
