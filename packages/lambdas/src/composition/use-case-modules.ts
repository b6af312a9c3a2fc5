import { AnnounceOrder, FindOrder, IssueInvoiceLine, LinkInvoice, PlaceOrder } from '@coffee/application';
import { defaultNotificationText } from '@coffee/domain';
import { ContainerModule } from 'inversify';
import { tokens } from './container.ts';

/** `PlaceOrder` on the order repository and the menu. */
export const placeOrderModule: ContainerModule = /* @__PURE__ */ new ContainerModule(({ bind }) => {
  bind(PlaceOrder)
    .toResolvedValue((orders, menu) => new PlaceOrder(orders, menu), [tokens.orderRepository, tokens.menu])
    .inSingletonScope();
});

/** `IssueInvoiceLine` on the invoice store. */
export const issueInvoiceLineModule: ContainerModule = /* @__PURE__ */ new ContainerModule(({ bind }) => {
  bind(IssueInvoiceLine)
    .toResolvedValue((invoices) => new IssueInvoiceLine(invoices), [tokens.invoiceStore])
    .inSingletonScope();
});

/** `AnnounceOrder` on the notifier, in the words of `notificationText`. */
export const announceOrderModule: ContainerModule = /* @__PURE__ */ new ContainerModule(({ bind }) => {
  bind(tokens.notificationText).toConstantValue(defaultNotificationText);
  bind(AnnounceOrder)
    .toResolvedValue(
      (notifier, write) => new AnnounceOrder(notifier, write),
      [tokens.notifier, tokens.notificationText],
    )
    .inSingletonScope();
});

/** `FindOrder` on the order repository. */
export const findOrderModule: ContainerModule = /* @__PURE__ */ new ContainerModule(({ bind }) => {
  bind(FindOrder)
    .toResolvedValue((orders) => new FindOrder(orders), [tokens.orderRepository])
    .inSingletonScope();
});

/** `LinkInvoice` on the invoice store and its links. */
export const linkInvoiceModule: ContainerModule = /* @__PURE__ */ new ContainerModule(({ bind }) => {
  bind(LinkInvoice)
    .toResolvedValue((invoices, links) => new LinkInvoice(invoices, links), [tokens.invoiceStore, tokens.invoiceLinks])
    .inSingletonScope();
});
