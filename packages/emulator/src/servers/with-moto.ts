import type { TestProject } from 'vitest/node';
import { handOver } from './hand-over.ts';
import type { AwsServer } from './start-server.ts';
import { startServer } from './start-server.ts';

/** Starts moto's server: a second opinion on DynamoDB and S3, from other people than MiniStack's. */
export function startMoto(): Promise<AwsServer> {
  return startServer({ name: 'moto', readyPath: '/moto-api/data.json' });
}

/** Global setup of the project `aws-moto`. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return handOver(project, startMoto, ['DYNAMODB', 'S3']);
}
