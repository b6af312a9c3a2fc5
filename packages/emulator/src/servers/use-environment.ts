import { inject } from 'vitest';

/** Before a test file: the variables of the server that was started for its project. */
Object.assign(process.env, inject('awsEnvironment'));
