import type {
  Authenticator,
  Clock,
  Executions,
  InvoiceLinks,
  InvoiceList,
  InvoiceStore,
  Mailbox,
  NotificationLog,
  Notifier,
  OrderList,
} from '@coffee/ports';
import { isUnavailable } from '@coffee/ports';
import type { AuthenticatorHarness } from '@coffee/ports/contracts';
import {
  authenticatorContract,
  executionsContract,
  invoiceLinksContract,
  invoiceListContract,
  invoiceStoreContract,
  mailboxContract,
  notificationLogContract,
  notifierContract,
  orderListContract,
  orderRepositoryContract,
} from '@coffee/ports/contracts';
import type { Fault } from '@coffee/ports/faults';
import { Faults, unavailableAfter, unavailableBefore, withFaults } from '@coffee/ports/faults';
import { describe, expect, it } from 'vitest';
import {
  MemoryAuthenticator,
  MemoryExecutions,
  MemoryInvoiceLinks,
  MemoryInvoiceStore,
  MemoryMailbox,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from './index.ts';

const runner = { describe, it, expect };

const dispose = () => {};

type MethodName<T> = Extract<keyof T, string>;

/** The port with each call failing first, and retried once. */
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

/** The port with every call failing. */
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

/** Tokens that a memory cannot make itself, such as an unsigned one, are those of another. */
function authenticatorOf(through: (port: Authenticator) => Authenticator, clock: Clock): AuthenticatorHarness {
  const [authenticator, other] = [new MemoryAuthenticator({ clock }), new MemoryAuthenticator({ clock })];
  return {
    authenticator: through(authenticator),
    issue: async (claims, flaw) => {
      if (flaw === undefined) return authenticator.issue(claims);
      if (flaw === 'expired') return authenticator.issue(claims, { expiresAt: clock() - 60_000 });
      if (flaw === 'not-yet-valid') return authenticator.issue(claims, { startsAt: clock() + 60_000 });
      return other.issue(claims);
    },
    rotate: async () => authenticator.revokeAll(),
    dispose,
  };
}

for (const [adapter, through] of Object.entries(ways)) {
  authenticatorContract(
    {
      adapter,
      create: async ({ clock }) => authenticatorOf(through, clock),
      createUnavailable: async ({ clock }) => authenticatorOf((port) => unreachable(port, ['authenticate']), clock),
    },
    runner,
  );

  orderRepositoryContract(
    {
      adapter,
      create: async () => ({ orders: through(new MemoryOrderRepository()), dispose }),
      createUnavailable: async () => ({ orders: unreachable(new MemoryOrderRepository(), ['put', 'get']), dispose }),
    },
    runner,
  );

  invoiceStoreContract(
    {
      adapter,
      create: async () => ({ invoices: through<InvoiceStore>(new MemoryInvoiceStore()), dispose }),
      createUnavailable: async () => ({
        invoices: unreachable(new MemoryInvoiceStore(), ['add', 'get', 'prepare']),
        dispose,
      }),
    },
    runner,
  );

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
  invoiceLinksContract(
    {
      adapter,
      create: async ({ clock }) => linksOf(through, clock),
      createUnavailable: async ({ clock }) => linksOf((links) => unreachable(links, ['link']), clock),
    },
    runner,
  );

  const mailboxOf = (through: (notifier: Notifier) => Notifier) => {
    const mailbox = new MemoryMailbox();
    const received = async () => {
      const { mails } = await mailbox.page({ limit: 1_000 });
      return mails.map(({ id, subject, text, attributes }) => ({ id, subject, text, attributes }));
    };
    return { notifier: through(mailbox), mailbox, received, dispose };
  };
  notifierContract(
    {
      adapter,
      create: async () => mailboxOf(through),
      createUnavailable: async () => mailboxOf((notifier) => unreachable(notifier, ['publish'])),
    },
    runner,
  );
  orderListContract(
    {
      adapter,
      create: async () => {
        const orders = new MemoryOrderRepository();
        return { orders, list: through<OrderList>(orders), dispose };
      },
      createUnavailable: async () => {
        const orders = new MemoryOrderRepository();
        return { orders, list: unreachable<OrderList>(orders, ['page']), dispose };
      },
    },
    runner,
  );

  invoiceListContract(
    {
      adapter,
      create: async () => {
        const invoices = new MemoryInvoiceStore();
        return { invoices, list: through<InvoiceList>(invoices), dispose };
      },
      createUnavailable: async () => {
        const invoices = new MemoryInvoiceStore();
        return { invoices, list: unreachable<InvoiceList>(invoices, ['page']), dispose };
      },
    },
    runner,
  );

  mailboxContract(
    {
      adapter,
      create: async () => {
        const notifier = new MemoryMailbox();
        return { notifier, mailbox: through<Mailbox>(notifier), dispose };
      },
      createUnavailable: async () => {
        const notifier = new MemoryMailbox();
        return { notifier, mailbox: unreachable<Mailbox>(notifier, ['page']), dispose };
      },
    },
    runner,
  );
}

/** Only the answer to these says who did it, so a lost one cannot be recovered by a retry. */
const answersLostButOfClaims = (executions: Executions): Executions =>
  retriedOnce(executions, (method) =>
    /^(start|claim|redrive|recover)$/.test(method) ? unavailableBefore() : unavailableAfter(),
  );

for (const [adapter, through] of Object.entries({
  ...ways,
  'in memory, every call retried whose answer was lost': answersLostButOfClaims,
})) {
  executionsContract(
    {
      adapter,
      create: async () => ({ executions: through(new MemoryExecutions() as Executions), dispose }),
      createUnavailable: async () => ({
        executions: unreachable(new MemoryExecutions(), [
          ...(['start', 'claim', 'park', 'end', 'redrive', 'recover', 'get', 'page', 'counts'] as const),
        ]),
        dispose,
      }),
    },
    runner,
  );
}

/** A grant whose answer is lost ends with its lease, so `begin` can be retried at once only if it had no effect. */
const answersLostButOfBegin = (log: NotificationLog): NotificationLog =>
  retriedOnce(log, (method) => (method === 'begin' ? unavailableBefore() : unavailableAfter()));

for (const [adapter, through] of Object.entries({
  ...ways,
  'in memory, every call retried whose answer was lost': answersLostButOfBegin,
})) {
  notificationLogContract(
    {
      adapter,
      create: async (options) => ({ log: through(new MemoryNotificationLog(options) as NotificationLog), dispose }),
      createUnavailable: async (options) => ({
        log: unreachable(new MemoryNotificationLog(options), ['begin', 'finish', 'release']),
        dispose,
      }),
    },
    runner,
  );
}
