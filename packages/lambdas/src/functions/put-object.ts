import { invoiceStoreBindings } from '../aws/invoice-store-bindings.ts';
import { s3Bindings } from '../aws/s3-bindings.ts';
import { containerOf } from '../composition/container-of.ts';
import { moduleOf } from '../composition/module-of.ts';
import { putObjectBindings } from '../composition/put-object-bindings.ts';
import { PutObjectHandler } from '../handlers/put-object-handler.ts';
import { observeTask } from '../observability/observe-task.ts';

const container = containerOf(moduleOf(putObjectBindings, s3Bindings, invoiceStoreBindings(process.env)));

export const handler = observeTask('put-object', 'InvoiceLinesIssued', container.get(PutObjectHandler).handle);
