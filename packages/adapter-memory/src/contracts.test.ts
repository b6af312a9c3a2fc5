import type { InvoiceLinks, InvoiceStore, NotificationLog, Notifier } from '@coffee/ports';
import { isUnavailable } from '@coffee/ports';
import {
  invoiceLinksContract,
  invoiceStoreContract,
  notificationLogContract,
  notifierContract,
  orderRepositoryContract,
} from '@coffee/ports/contracts';
import type { Fault } from './index.ts';
import {
  Faults,
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
  unavailableAfter,
  unavailableBefore,
  withFaults,
} from './index.ts';

const dispose = () => {};

type MethodName<T> = Extract<keyof T, string>;

/** The port whose every call first fails, and is made again once. */
function retriedOnce<T extends object>(port: T, fault: (method: MethodName<T>) => Fault): T {
  const faults = new Faults<T>();
  const faulty = withFaults(port, faults);
  return new Proxy(port, {
    get:
      (_, property) =>
      async (...parameters: unknown[]) => {
        const call = () => Reflect.apply(Reflect.get(faulty, property) as () => unknown, faulty, parameters);
        faults.next(property as MethodName<T>, fault(property as MethodName<T>));
        try {
          return await call();
        } catch (error) {
          if (!isUnavailable(error)) throw error;
          return call();
        }
      },
  });
}

/** The port whose every call fails. */
function unreachable<T extends object>(port: T, methods: readonly MethodName<T>[]): T {
  const faults = new Faults<T>();
  for (const method of methods) faults.always(method, unavailableBefore());
  return withFaults(port, faults);
}

const ways = {
  'in memory': <T extends object>(port: T): T => port,
  'in memory, through withFaults': <T extends object>(port: T): T => withFaults(port, new Faults<T>()),
  'in memory, every call retried that did not arrive': <T extends object>(port: T): T =>
    retriedOnce(port, unavailableBefore),
  'in memory, every call retried whose answer was lost': <T extends object>(port: T): T =>
    retriedOnce(port, unavailableAfter),
};

for (const [adapter, through] of Object.entries(ways)) {
  orderRepositoryContract({
    adapter,
    create: async () => ({ orders: through(new MemoryOrderRepository()), dispose }),
    createUnavailable: async () => ({ orders: unreachable(new MemoryOrderRepository(), ['put', 'get']), dispose }),
  });

  invoiceStoreContract({
    adapter,
    create: async () => ({ invoices: through<InvoiceStore>(new MemoryInvoiceStore()), dispose }),
    createUnavailable: async () => ({
      invoices: unreachable(new MemoryInvoiceStore(), ['addLine', 'get', 'exists']),
      dispose,
    }),
  });

  const linksOf = (through: (links: InvoiceLinks) => InvoiceLinks, clock: () => number) => {
    const invoices = new MemoryInvoiceStore();
    const links = new MemoryInvoiceLinks({ invoices, clock });
    const open = async (url: string) => {
      const body = await links.open(url);
      if (body === undefined) return { status: 404 };
      return { status: 200, contentType: 'application/json', fileName: 'invoice.json', body };
    };
    return { links: through(links), invoices, open, dispose };
  };
  invoiceLinksContract({
    adapter,
    create: async ({ clock }) => linksOf(through, clock),
    createUnavailable: async ({ clock }) => linksOf((links) => unreachable(links, ['link']), clock),
  });

  const mailboxOf = (through: (notifier: Notifier) => Notifier) => {
    const mailbox = new MemoryMailbox();
    const received = async () => {
      const { mails } = await mailbox.mails({ limit: 1_000 });
      return mails.map(({ id, subject, text, attributes }) => ({ id, subject, text, attributes }));
    };
    return { notifier: through(mailbox), received, dispose };
  };
  notifierContract({
    adapter,
    create: async () => mailboxOf(through),
    createUnavailable: async () => mailboxOf((notifier) => unreachable(notifier, ['publish'])),
  });
}

/** A grant whose answer was lost ends with its lease, so a `begin` can be made again at once only if it did not arrive. */
const answersLostButOfBegin = (log: NotificationLog): NotificationLog =>
  retriedOnce(log, (method) => (method === 'begin' ? unavailableBefore() : unavailableAfter()));

for (const [adapter, through] of Object.entries({
  ...ways,
  'in memory, every call retried whose answer was lost': answersLostButOfBegin,
})) {
  notificationLogContract({
    adapter,
    create: async (options) => ({ log: through(new MemoryNotificationLog(options) as NotificationLog), dispose }),
    createUnavailable: async (options) => ({
      log: unreachable(new MemoryNotificationLog(options), ['begin', 'finish']),
      dispose,
    }),
  });
}
