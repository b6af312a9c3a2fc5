import { S3Client } from '@aws-sdk/client-s3';
import type { Bindings } from '../composition/module-of.ts';
import { clientOptions } from './client-options.ts';

/** Binds the client that the adapters of S3 share. */
export const s3Bindings: Bindings = ({ bind }) => {
  bind(S3Client)
    .toDynamicValue(() => new S3Client(clientOptions))
    .inSingletonScope();
};
