import 'reflect-metadata/lite';
import type { Menu, NotificationText } from '@coffee/domain';
import type { InvoiceLinks, InvoiceStore, NotificationLog, Notifier, OrderRepository } from '@coffee/ports';
import type { ContainerModule, ServiceIdentifier } from 'inversify';
import { Container } from 'inversify';

/** The typed names under which ports are bound: an interface leaves nothing at run time to be named by. */
export const tokens = {
  orderRepository: Symbol.for('@coffee/ports/OrderRepository') as ServiceIdentifier<OrderRepository>,
  invoiceStore: Symbol.for('@coffee/ports/InvoiceStore') as ServiceIdentifier<InvoiceStore>,
  invoiceLinks: Symbol.for('@coffee/ports/InvoiceLinks') as ServiceIdentifier<InvoiceLinks>,
  notifier: Symbol.for('@coffee/ports/Notifier') as ServiceIdentifier<Notifier>,
  notificationLog: Symbol.for('@coffee/ports/NotificationLog') as ServiceIdentifier<NotificationLog>,
  menu: Symbol.for('@coffee/domain/Menu') as ServiceIdentifier<Menu>,
  notificationText: Symbol.for('@coffee/domain/NotificationText') as ServiceIdentifier<NotificationText>,
} as const;

/** A new container with these modules; a later one may decorate or rebind what an earlier one bound. */
export function containerOf(...modules: readonly ContainerModule[]): Container {
  const container = new Container();
  container.load(...modules);
  return container;
}
