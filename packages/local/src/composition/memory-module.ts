import type { ArrivedMail } from '@coffee/ports';
import { MemoryInvoiceLinks, MemoryInvoiceStore, MemoryMailbox, MemoryNotificationLog, MemoryOrderRepository } from '@coffee/adapter-memory';
import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import { MemoryExecutions } from '../engine/memory-executions.ts';
import { localTokens } from './tokens.ts';

/** Binds every port, and what the embedded runtime adds, in memory. */
export function memoryModule(baseUrl: () => string, onMail: (mail: ArrivedMail) => void): ContainerModule {
  return new ContainerModule(({ bind }) => {
    const orders = new MemoryOrderRepository();
    const invoices = new MemoryInvoiceStore();
    const links = new MemoryInvoiceLinks({ invoices, baseUrl });
    const mailbox = new MemoryMailbox({ onMail });
    bind(tokens.orderRepository).toConstantValue(orders);
    bind(tokens.invoiceStore).toConstantValue(invoices);
    bind(tokens.invoiceLinks).toConstantValue(links);
    bind(tokens.notifier).toConstantValue(mailbox);
    bind(tokens.notificationLog).toConstantValue(new MemoryNotificationLog());
    bind(localTokens.executions).toConstantValue(new MemoryExecutions());
    bind(localTokens.mailbox).toConstantValue(mailbox);
    bind(localTokens.invoiceOpener).toConstantValue(links);
    bind(localTokens.orderPages).toConstantValue(orders);
    bind(localTokens.invoicePages).toConstantValue(invoices);
  });
}
