import { LinkInvoice } from '@coffee/application';
import { s3LinksModule, s3Module } from '../aws/s3-modules.ts';
import { containerOf } from '../composition/container.ts';
import { linkInvoiceModule } from '../composition/use-case-modules.ts';
import { GetObjectHandler } from '../handlers/get-object-handler.ts';
import { observeQuery } from '../observability/observe.ts';

const modules = [linkInvoiceModule, s3Module(process.env), s3LinksModule(process.env)];
const linkInvoice = containerOf(...modules).get(LinkInvoice);

/** `GET /invoice` with `objectKey`. */
export const handler = observeQuery('get-object', new GetObjectHandler(linkInvoice, process.env.ISSUER).handle);
