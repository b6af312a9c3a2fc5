import { invoiceLinksBindings } from '../aws/invoice-links-bindings.ts';
import { invoiceStoreBindings } from '../aws/invoice-store-bindings.ts';
import { s3Bindings } from '../aws/s3-bindings.ts';
import { containerOf } from '../composition/container-of.ts';
import { getObjectBindings } from '../composition/get-object-bindings.ts';
import { moduleOf } from '../composition/module-of.ts';
import { GetObjectHandler } from '../handlers/get-object-handler.ts';
import { observeQuery } from '../observability/observe-query.ts';

const container = containerOf(
  moduleOf(getObjectBindings, s3Bindings, invoiceStoreBindings(process.env), invoiceLinksBindings(process.env)),
);

export const handler = observeQuery('get-object', 'InvoicesLinked', container.get(GetObjectHandler).handle);
