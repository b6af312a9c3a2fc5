import type { PortName } from '@coffee/api';
import { portMethods } from '@coffee/api';
import { tokens } from '@coffee/lambdas';
import type { InvoiceLinks, InvoiceStore, NotificationLog, Notifier, OrderRepository } from '@coffee/ports';
import type { Fault } from '@coffee/ports/faults';
import { slow, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import { ContainerModule } from 'inversify';

/**
 * How the calls of a method fail: before their effect, after it (the answer is lost), or late by this many milliseconds.
 * `times` is how many calls it still affects.
 */
export interface PortFault {
  readonly port: PortName;
  readonly method: string;
  readonly kind: 'before' | 'after' | 'slow';
  /** For `slow` only. */
  readonly milliseconds?: number;
  readonly times: number | 'always';
}

/** The ports by name. */
interface Ports {
  readonly OrderRepository: OrderRepository;
  readonly InvoiceStore: InvoiceStore;
  readonly InvoiceLinks: InvoiceLinks;
  readonly Notifier: Notifier;
  readonly NotificationLog: NotificationLog;
}

type Call = (...parameters: readonly unknown[]) => unknown;

const keyOf = (port: PortName, method: string): string => `${port}.${method}`;

function toFault({ kind, milliseconds = 0 }: PortFault): Fault {
  if (kind === 'slow') return slow(milliseconds);
  return kind === 'before' ? unavailableBefore() : unavailableAfter();
}

/** A port wrapped in faults, and its methods with and without them. */
interface Wrapped {
  readonly calls: Record<string, Call>;
  readonly through: Readonly<Record<string, Call>>;
  readonly failing: Readonly<Record<string, Call>>;
}

/** The current faults, at most one per method. They end with the process. */
export class PortFaults {
  readonly #faults = new Map<string, PortFault>();
  readonly #wrapped: Wrapped[] = [];

  /** In the order in which they were set. */
  list(): readonly PortFault[] {
    return [...this.#faults.values()];
  }

  /** Sets a fault, replacing that of the same method. */
  set(fault: PortFault): void {
    const key = keyOf(fault.port, fault.method);
    this.#faults.delete(key);
    this.#faults.set(key, fault);
    this.#swap();
  }

  clear(): void {
    this.#faults.clear();
    this.#swap();
  }

  /** The port with its faults. While no fault is set, its methods are the port's own and cost nothing. */
  around<Name extends PortName>(name: Name, port: Ports[Name]): Ports[Name] {
    const failing = withFaults<object>(port, { take: (method) => this.#take(name, method) });
    const bound = (target: object) =>
      Object.fromEntries(portMethods[name].map((method) => [method, (Reflect.get(target, method) as Call).bind(port)]));
    const wrapped = { calls: {}, through: bound(port), failing: bound(failing) };
    this.#wrapped.push(wrapped);
    this.#swap();
    return wrapped.calls as unknown as Ports[Name];
  }

  /** Installs the methods that the current faults need. */
  #swap(): void {
    for (const { calls, through, failing } of this.#wrapped) {
      Object.assign(calls, this.#faults.size === 0 ? through : failing);
    }
  }

  #take(port: PortName, method: string): Fault | undefined {
    const key = keyOf(port, method);
    const fault = this.#faults.get(key);
    if (fault === undefined) return undefined;
    if (fault.times === 1) {
      this.#faults.delete(key);
      this.#swap();
    } else if (fault.times !== 'always') this.#faults.set(key, { ...fault, times: fault.times - 1 });
    return toFault(fault);
  }
}

/** Wraps the five ports in faults. Loaded last, so that the faults reach whatever another module has bound. */
export function faultsModule(faults: PortFaults): ContainerModule {
  return new ContainerModule(({ onActivation }) => {
    onActivation(tokens.orderRepository, (_, port) => faults.around('OrderRepository', port));
    onActivation(tokens.invoiceStore, (_, port) => faults.around('InvoiceStore', port));
    onActivation(tokens.invoiceLinks, (_, port) => faults.around('InvoiceLinks', port));
    onActivation(tokens.notifier, (_, port) => faults.around('Notifier', port));
    onActivation(tokens.notificationLog, (_, port) => faults.around('NotificationLog', port));
  });
}
