import { fileURLToPath } from 'node:url';
import type { UserWorkspaceConfig } from 'vitest/config';
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Tests run from the sources: `@coffee/source` is the export condition that leads there. */
const conditions = ['@coffee/source', 'node', 'import', 'default'];

/** Whether Stryker runs the tests, for one mutant after another. */
const mutates = process.env.STRYKER_MUTATOR_WORKER !== undefined;

const servers = './packages/emulator/src/servers';

const project = (test: UserWorkspaceConfig['test']): UserWorkspaceConfig => ({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // One second, the default, is too short for a busy machine. What a mutant holds up need not be waited for that long.
    expect: { poll: { timeout: mutates ? 2_000 : 20_000 } },
    ...test,
  },
});

/**
 * Tests against a server that speaks the protocols of AWS: started here, or the one that `AWS_ENDPOINT_URL` names. The
 * server and its client keep two cores busy, so the files take turns.
 */
const againstServer = (test: UserWorkspaceConfig['test']): UserWorkspaceConfig =>
  project({
    setupFiles: `${servers}/use-environment.ts`,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    ...test,
  });

/** Starts with what takes longest, which would be waited for at the end. Vitest itself knows it after a first run only. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /(simulation|client-options|bundle)\.test\.ts$/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    // A sequencer of one's own would take precedence over --sequence.shuffle. A mutant ends with the first test that fails.
    sequence:
      process.argv.some((word) => word.startsWith('--sequence.shuffle')) || mutates ? {} : { sequencer: LongestFirst },
    reporters: ['default', './packages/acceptance/src/closing-line-reporter.ts'],
    projects: [
      project({
        name: 'unit',
        include: ['packages/*/src/**/*.test.ts'],
        exclude: ['**/*.int.test.ts', '**/*.e2e.test.ts'],
        // Vitest leaves one core idle, which is half of a machine with two; some tests wait for others' processes and timeouts.
        maxWorkers: '150%',
        // Modules are loaded once a worker, not once a file: half of the time of the run. Tests put back what they change.
        isolate: false,
        env: {
          // Threads and processes run the sources: their types are stripped once a file, not once a thread.
          NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node', import.meta.url)),
          // CDK's own check of a template only warns, and takes seconds. cdk-nag and the linters fail.
          CDK_VALIDATION: 'false',
        },
      }),
      againstServer({
        name: 'aws',
        include: ['packages/*/src/**/*.int.test.ts'],
        exclude: [],
        globalSetup: `${servers}/with-ministack.ts`,
      }),
      againstServer({
        name: 'aws-moto',
        // moto checks no signatures, so it cannot tell whether links are tamperproof. Publishing has no conditions that
        // two servers could read differently, so one server of SNS is enough.
        include: [
          'packages/adapter-dynamodb/src/**/*.int.test.ts',
          'packages/adapter-s3/src/s3-invoice-{store,lines}.int.test.ts',
        ],
        exclude: [],
        globalSetup: `${servers}/with-moto.ts`,
      }),
      project({
        name: 'processes',
        include: ['packages/local/src/**/*.e2e.test.ts'],
        exclude: [],
        // A server under load, killed or stopped, keeps two cores busy.
        fileParallelism: false,
        testTimeout: 120_000,
      }),
      {
        // The built packages as Node.js loads them, without the conditions of the others.
        test: {
          name: 'built',
          include: ['packages/acceptance/src/order-path.e2e.test.ts'],
          exclude: [],
          testTimeout: 30_000,
          server: { deps: { external: [/\/dist\//] } },
        },
      },
      project({
        name: 'packed',
        include: ['packages/acceptance/src/packed.e2e.test.ts'],
        exclude: [],
        testTimeout: 600_000,
        hookTimeout: 120_000,
      }),
      project({
        name: 'browser',
        include: ['packages/console/src/**/*.e2e.test.ts'],
        exclude: [],
        // A browser and a server keep two cores busy.
        fileParallelism: false,
        testTimeout: 300_000,
        hookTimeout: 120_000,
      }),
    ],
  },
});
