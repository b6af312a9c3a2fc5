import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import type { PortFaults } from '../faults/port-faults.ts';

/** Puts the faults around the five ports. Loaded last, so that they stand before whatever another module has put there. */
export function faultsModule(faults: PortFaults): ContainerModule {
  return new ContainerModule(({ onActivation }) => {
    onActivation(tokens.orderRepository, (_, port) => faults.around('OrderRepository', port));
    onActivation(tokens.invoiceStore, (_, port) => faults.around('InvoiceStore', port));
    onActivation(tokens.invoiceLinks, (_, port) => faults.around('InvoiceLinks', port));
    onActivation(tokens.notifier, (_, port) => faults.around('Notifier', port));
    onActivation(tokens.notificationLog, (_, port) => faults.around('NotificationLog', port));
  });
}
