import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Tests of the console in a browser, against the embedded server as it is built (`pnpm test:browser`). */
// biome-ignore lint/style/noDefaultExport: Vitest loads its configuration by the default export.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['packages/console/src/**/*.e2e.test.ts'],
    exclude: [],
    // A browser and a server keep two cores busy.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
