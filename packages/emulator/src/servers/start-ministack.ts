import { join } from 'node:path';
import type { AwsServer } from './start-server.ts';
import { startServer } from './start-server.ts';

/** Variables of MiniStack's own that are added to ours, or replace them. */
export interface MiniStackOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Serves by TLS: then policies that refuse what does not come by TLS let everything through that they should. */
  readonly secure?: boolean;
}

/**
 * Starts MiniStack, the AWS emulator that the tests run against. Signatures and IAM policies are checked, as on AWS
 * (`AUTH=true`): without that it serves objects to requests that are not signed at all.
 */
export function startMiniStack(options: MiniStackOptions = {}): Promise<AwsServer> {
  return startServer({
    name: 'ministack',
    readyPath: '/_ministack/ready',
    ...(options.secure === undefined ? {} : { secure: options.secure }),
    environment: ({ folder, endpoint, certificate }) => ({
      AUTH: 'true',
      // Where its functions find it: they run in processes of its own.
      AWS_ENDPOINT_URL: endpoint,
      // It listens on every interface unless told, and opens a port for MQTT.
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
      ...options.environment,
    }),
  });
}
