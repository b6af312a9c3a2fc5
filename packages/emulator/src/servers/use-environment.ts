import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The variables of the server that was started for a project, from its global setup to its test files. */
    awsEnvironment: Record<string, string>;
  }
}

// Before each test file.
Object.assign(process.env, inject('awsEnvironment'));
