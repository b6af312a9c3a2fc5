import {
  MemoryExecutions,
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from '@coffee/adapter-memory';
import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import type { LiveEvents } from '../engine/live-events.ts';
import { localTokens } from './tokens.ts';

/** Every port in memory. */
export const memoryModule = (baseUrl: () => string, live: LiveEvents, leaseMilliseconds: number): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const orders = new MemoryOrderRepository();
    const invoices = new MemoryInvoiceStore();
    const links = new MemoryInvoiceLinks({ invoices, baseUrl });
    const mailbox = new MemoryMailbox(live);
    bind(tokens.orderRepository).toConstantValue(orders);
    bind(tokens.invoiceStore).toConstantValue(invoices);
    bind(tokens.invoiceLinks).toConstantValue(links);
    bind(tokens.notifier).toConstantValue(mailbox);
    bind(tokens.notificationLog).toConstantValue(new MemoryNotificationLog({ leaseMilliseconds }));
    bind(localTokens.executions).toConstantValue(new MemoryExecutions());
    bind(localTokens.mailbox).toConstantValue(mailbox);
    bind(localTokens.orderList).toConstantValue(orders);
    bind(localTokens.invoiceList).toConstantValue(invoices);
    bind(localTokens.invoiceOpener).toConstantValue(links);
  });
