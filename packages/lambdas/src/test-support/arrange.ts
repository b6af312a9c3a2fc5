import {
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from '@coffee/adapter-memory';
import type { InvoiceLinks, InvoiceStore, Notifier, OrderRepository } from '@coffee/ports';
import { Faults, withFaults } from '@coffee/ports/faults';
import { ContainerModule } from 'inversify';
import { composeHandlers } from '../composition/compose-handlers.ts';
import { tokens } from '../composition/container.ts';

/** The five handlers on ports in memory that can be made to fail, and what lies behind the ports. */
export function arrange(...modules: ContainerModule[]) {
  const orders = new MemoryOrderRepository();
  const invoices = new MemoryInvoiceStore();
  const links = new MemoryInvoiceLinks({ invoices });
  const mailbox = new MemoryMailbox();
  const faults = {
    orders: new Faults<OrderRepository>(),
    invoices: new Faults<InvoiceStore>(),
    links: new Faults<InvoiceLinks>(),
    notifier: new Faults<Notifier>(),
  };
  const memory = new ContainerModule(({ bind }) => {
    bind(tokens.orderRepository).toConstantValue(withFaults<OrderRepository>(orders, faults.orders));
    bind(tokens.invoiceStore).toConstantValue(withFaults<InvoiceStore>(invoices, faults.invoices));
    bind(tokens.invoiceLinks).toConstantValue(withFaults<InvoiceLinks>(links, faults.links));
    bind(tokens.notifier).toConstantValue(withFaults<Notifier>(mailbox, faults.notifier));
    bind(tokens.notificationLog).toConstantValue(new MemoryNotificationLog());
  });
  return { orders, invoices, links, mailbox, faults, handlers: composeHandlers(memory, ...modules) };
}
