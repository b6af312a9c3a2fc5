import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { handOver } from './hand-over.ts';
import type { AwsServer } from './start-server.ts';
import { startServer } from './start-server.ts';

/** How to start MiniStack. */
export interface MiniStackOptions {
  /** Variables of MiniStack's own, added to ours or in place of them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Serves by TLS, for policies that refuse everything else. */
  readonly secure?: boolean;
}

/**
 * Starts MiniStack, the AWS emulator that the tests run against. Signatures and IAM policies are checked, as on AWS
 * (`AUTH=true`): without that it serves objects to unsigned requests.
 */
export function startMiniStack({ environment, secure = false }: MiniStackOptions = {}): Promise<AwsServer> {
  return startServer({
    name: 'ministack',
    readyPath: '/_ministack/ready',
    secure,
    environment: ({ folder, endpoint, certificate }) => ({
      AUTH: 'true',
      AWS_ENDPOINT_URL: endpoint, // for functions, which run in processes of their own
      // It listens on every interface by default, and opens ports for MQTT and SFTP.
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      LOG_LEVEL: 'WARNING',
      ...(certificate === undefined
        ? {}
        : {
            USE_SSL: '1',
            MINISTACK_SSL_CERT: certificate.certificateFile,
            MINISTACK_SSL_KEY: certificate.keyFile,
          }),
      ...environment,
    }),
  });
}

/** Global setup of the project `aws`. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  return handOver(project, startMiniStack, ['DYNAMODB', 'S3', 'SNS', 'SQS', 'LAMBDA', 'IAM']);
}
