import type { Menu } from '@coffee/domain';
import type { InvoiceLinks, InvoiceStore, NotificationLog, Notifier, OrderRepository } from '@coffee/ports';
import type { ServiceIdentifier } from 'inversify';

/** The typed names under which ports are bound. Interfaces leave nothing at run time that could be their own name. */
export const tokens = {
  orderRepository: Symbol.for('@coffee/ports/OrderRepository') as ServiceIdentifier<OrderRepository>,
  invoiceStore: Symbol.for('@coffee/ports/InvoiceStore') as ServiceIdentifier<InvoiceStore>,
  invoiceLinks: Symbol.for('@coffee/ports/InvoiceLinks') as ServiceIdentifier<InvoiceLinks>,
  notifier: Symbol.for('@coffee/ports/Notifier') as ServiceIdentifier<Notifier>,
  notificationLog: Symbol.for('@coffee/ports/NotificationLog') as ServiceIdentifier<NotificationLog>,
  menu: Symbol.for('@coffee/domain/Menu') as ServiceIdentifier<Menu>,
} as const;
