import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

const servers = './packages/emulator/src/servers';
const { reporters, ...shared } = base.test ?? {};

/**
 * Tests against servers that speak the protocols of AWS (`pnpm test:aws`). The servers are started here, or are those that
 * `AWS_ENDPOINT_URL` names.
 */
// biome-ignore lint/style/noDefaultExport: Vitest loads its configuration by the default export.
export default defineConfig({
  test: {
    reporters: reporters ?? [],
    // A server and its client keep two cores busy.
    fileParallelism: false,
    projects: [
      {
        ...base,
        test: {
          ...shared,
          name: 'ministack',
          include: ['packages/*/src/**/*.int.test.ts'],
          exclude: [],
          globalSetup: `${servers}/with-ministack.ts`,
          setupFiles: `${servers}/use-environment.ts`,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...base,
        test: {
          ...shared,
          name: 'moto',
          // moto checks no signatures, so it cannot tell whether links are tamperproof; and one server of SNS is enough:
          // publishing has no conditions that two servers could understand differently.
          include: [
            'packages/adapter-dynamodb/src/**/*.int.test.ts',
            'packages/adapter-s3/src/s3-invoice-store.int.test.ts',
          ],
          exclude: [],
          globalSetup: `${servers}/with-moto.ts`,
          setupFiles: `${servers}/use-environment.ts`,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
