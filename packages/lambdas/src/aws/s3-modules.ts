import { S3Client } from '@aws-sdk/client-s3';
import { S3InvoiceLinks, S3InvoiceStore } from '@coffee/adapter-s3';
import { ContainerModule } from 'inversify';
import { tokens } from '../composition/container.ts';
import { clientOptions } from './client-options.ts';
import type { Environment } from './environment.ts';
import { required } from './environment.ts';

/** Invoices in the bucket `INVOICES_BUCKET`. */
export const s3Module = (environment: Environment): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const bucketName = required(environment, 'INVOICES_BUCKET');
    bind(S3Client)
      .toDynamicValue(() => new S3Client(clientOptions))
      .inSingletonScope();
    bind(tokens.invoiceStore)
      .toResolvedValue((client) => new S3InvoiceStore(client, { bucketName }), [S3Client])
      .inSingletonScope();
  });

/** Signed links into the bucket of {@link s3Module}; apart, because only one function signs. */
export const s3LinksModule = (environment: Environment): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const bucketName = required(environment, 'INVOICES_BUCKET');
    bind(tokens.invoiceLinks)
      .toResolvedValue((client) => new S3InvoiceLinks(client, { bucketName }), [S3Client])
      .inSingletonScope();
  });
