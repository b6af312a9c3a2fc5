import type { TestProject } from 'vitest/node';
import { handOver } from './hand-over.ts';
import { startMoto } from './start-moto.ts';

/** Global setup of the project `aws-moto`. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return handOver(project, startMoto, ['DYNAMODB', 'S3']);
}
