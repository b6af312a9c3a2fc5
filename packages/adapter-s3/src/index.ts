export { S3InvoiceLinks, type S3InvoiceLinksOptions } from './s3-invoice-links.ts';
export { S3InvoiceStore, type S3InvoiceStoreOptions } from './s3-invoice-store.ts';
