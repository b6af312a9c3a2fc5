import { LinkInvoice } from '@coffee/application';
import { GetObjectHandler } from '../handlers/get-object-handler.ts';
import type { Bindings } from './module-of.ts';
import { tokens } from './tokens.ts';

/** `get-object` on the `InvoiceStore` and the `InvoiceLinks`. */
export const getObjectBindings: Bindings = ({ bind }) => {
  bind(LinkInvoice)
    .toResolvedValue((invoices, links) => new LinkInvoice(invoices, links), [tokens.invoiceStore, tokens.invoiceLinks])
    .inSingletonScope();
  bind(GetObjectHandler).toSelf().inSingletonScope();
};
