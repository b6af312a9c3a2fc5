import type { TestProject } from 'vitest/node';
import type { AwsServer } from './start-server.ts';

/**
 * Starts a server for the tests of a project and hands them the variables that the AWS SDKs read. Where the environment
 * already says where AWS is, for all services or for each of these, nothing is started.
 *
 * @returns what ends it.
 */
export async function handOver(
  project: TestProject,
  start: () => Promise<AwsServer>,
  services: readonly string[],
): Promise<() => Promise<void>> {
  const isGiven = (name: string) => (process.env[name] ?? '') !== '';
  if (isGiven('AWS_ENDPOINT_URL') || services.every((service) => isGiven(`AWS_ENDPOINT_URL_${service}`))) {
    project.provide('awsEnvironment', {});
    return async () => {};
  }
  const { environment, stop } = await start();
  project.provide('awsEnvironment', environment);
  return stop;
}
