import type { InvoiceLinks, InvoiceStore, NotificationLog, Notifier, OrderRepository } from '@coffee/ports';

/** The ports by their names. */
export interface Ports {
  readonly OrderRepository: OrderRepository;
  readonly InvoiceStore: InvoiceStore;
  readonly InvoiceLinks: InvoiceLinks;
  readonly Notifier: Notifier;
  readonly NotificationLog: NotificationLog;
}

export type PortName = keyof Ports;

/** The methods of each port that can be made to fail: all of them. */
export const portMethods = {
  OrderRepository: ['put', 'get'],
  InvoiceStore: ['addLine', 'get', 'exists'],
  InvoiceLinks: ['link'],
  Notifier: ['publish'],
  NotificationLog: ['begin', 'finish'],
} as const satisfies { readonly [Name in PortName]: readonly (keyof Ports[Name])[] };

export const portNames = Object.keys(portMethods) as readonly PortName[];
