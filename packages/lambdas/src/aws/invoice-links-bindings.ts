import { S3Client } from '@aws-sdk/client-s3';
import { S3InvoiceLinks } from '@coffee/adapter-s3';
import type { Bindings } from '../composition/module-of.ts';
import { tokens } from '../composition/tokens.ts';
import type { Environment } from './environment.ts';
import { required } from './environment.ts';

/** `InvoiceLinks` into the bucket `INVOICES_BUCKET`. */
export function invoiceLinksBindings(environment: Environment): Bindings {
  const bucketName = required(environment, 'INVOICES_BUCKET');
  return ({ bind }) => {
    bind(tokens.invoiceLinks)
      .toResolvedValue((client) => new S3InvoiceLinks(client, { bucketName }), [S3Client])
      .inSingletonScope();
  };
}
