import { defineConfig } from 'vitest/config';

/** Tests run from the sources: `@coffee/source` is the export condition that leads there. */
const conditions = ['@coffee/source', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts'],
    // Tests against real services (`pnpm test:aws`) and in a browser (`pnpm test:browser`).
    exclude: ['**/*.int.test.ts', '**/*.e2e.test.ts'],
    reporters: ['default', './packages/acceptance/src/closing-line-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
