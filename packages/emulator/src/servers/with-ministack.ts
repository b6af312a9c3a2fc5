import type { TestProject } from 'vitest/node';
import { handOver } from './hand-over.ts';
import { startMiniStack } from './start-ministack.ts';

/** Global setup of the project `aws`. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return handOver(project, startMiniStack, ['DYNAMODB', 'S3', 'SNS', 'SQS']);
}
