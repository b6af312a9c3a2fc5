import type { AwsServer } from './start-server.ts';
import { startServer } from './start-server.ts';

/** Starts moto's server: a second opinion on DynamoDB and S3, by other people than MiniStack's. */
export function startMoto(): Promise<AwsServer> {
  return startServer({ name: 'moto', readyPath: '/moto-api/data.json' });
}
