import { AnnounceOrder, FindOrder, IssueInvoiceLine, LinkInvoice, PlaceOrder } from '@coffee/application';
import { defaultMenu } from '@coffee/domain';
import { ContainerModule } from 'inversify';
import { GetItemHandler } from '../handlers/get-item-handler.ts';
import { GetObjectHandler } from '../handlers/get-object-handler.ts';
import { NotifyHandler } from '../handlers/notify-handler.ts';
import { PutItemHandler } from '../handlers/put-item-handler.ts';
import { PutObjectHandler } from '../handlers/put-object-handler.ts';
import { tokens } from './tokens.ts';

/** Binds the use cases to the ports' names, and the handlers to the use cases. Which adapters is another module's say. */
export const applicationModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.menu).toConstantValue(defaultMenu);
  bind(PlaceOrder)
    .toResolvedValue((orders, menu) => new PlaceOrder(orders, menu), [tokens.orderRepository, tokens.menu])
    .inSingletonScope();
  bind(IssueInvoiceLine)
    .toResolvedValue((invoices) => new IssueInvoiceLine(invoices), [tokens.invoiceStore])
    .inSingletonScope();
  bind(AnnounceOrder)
    .toResolvedValue((notifier) => new AnnounceOrder(notifier), [tokens.notifier])
    .inSingletonScope();
  bind(FindOrder)
    .toResolvedValue((orders) => new FindOrder(orders), [tokens.orderRepository])
    .inSingletonScope();
  bind(LinkInvoice)
    .toResolvedValue((invoices, links) => new LinkInvoice(invoices, links), [tokens.invoiceStore, tokens.invoiceLinks])
    .inSingletonScope();
  for (const handler of [PutItemHandler, PutObjectHandler, NotifyHandler, GetItemHandler, GetObjectHandler]) {
    bind<object>(handler).to(handler).inSingletonScope();
  }
});
