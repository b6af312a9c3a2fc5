import { IssueInvoiceLine } from '@coffee/application';
import { PutObjectHandler } from '../handlers/put-object-handler.ts';
import type { Bindings } from './module-of.ts';
import { tokens } from './tokens.ts';

/** `put-object` on the `InvoiceStore`. */
export const putObjectBindings: Bindings = ({ bind }) => {
  bind(IssueInvoiceLine)
    .toResolvedValue((invoices) => new IssueInvoiceLine(invoices), [tokens.invoiceStore])
    .inSingletonScope();
  bind(PutObjectHandler).toSelf().inSingletonScope();
};
