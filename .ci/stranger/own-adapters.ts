import type { InvoiceKey, InvoiceLine, PlacedOrder } from '@coffee/domain';
import {
  compareAccepted,
  invoiceKeyOf,
  invoiceOf,
  isSameLine,
  isSamePlacedOrder,
  parseInvoiceKey,
  toInstant,
} from '@coffee/domain';
import type {
  CallOptions,
  Clock,
  Execution,
  ExecutionParties,
  Executions,
  InvoiceLinks,
  InvoiceList,
  InvoiceStore,
  Mail,
  Mailbox,
  NotificationLog,
  Notifier,
  OrderList,
  OrderRepository,
} from '@coffee/ports';
import { abortable, Conflict } from '@coffee/ports';

// Adapters of every port on maps, as someone who has only the packages would write them.

type AtOnce<Port> = {
  [Method in keyof Port]: Port[Method] extends (...given: infer Given) => Promise<infer Answer>
    ? (...given: Given) => Answer
    : never;
};

const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));

/** The port of these methods: it answers later, keeps and answers copies, and its calls can be given up. */
function portOf<Port>(methods: AtOnce<Port>): Port {
  const answerLater =
    (method: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      const options = given.find(
        (one): one is CallOptions => typeof one === 'object' && one !== null && 'signal' in one,
      );
      return abortable(options ?? {}, async () => copy(method(...given.map(copy))));
    };
  const entries = Object.entries(methods as Record<string, Parameters<typeof answerLater>[0]>);
  return Object.fromEntries(entries.map(([name, method]) => [name, answerLater(method)])) as Port;
}

function pageOf<Item, Place>(found: readonly Item[], limit = 100, placeOf: (item: Item) => Place) {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(last !== undefined && found.length > limit ? { next: placeOf(last) } : {}) };
}

export function ownOrders() {
  const orders = new Map<string, PlacedOrder>();
  return portOf<OrderRepository & OrderList>({
    put(given) {
      const placed = { ...given, acceptedAt: toInstant(given.acceptedAt) };
      const key = `${placed.order.accountid}/${placed.order.vendorid}`;
      const present = orders.get(key);
      if (present?.orderid === placed.orderid && !isSamePlacedOrder(present, placed)) throw new Conflict('it differs');
      if (present !== undefined && compareAccepted(placed, present) < 0) return 'superseded';
      orders.set(key, placed);
      return 'stored';
    },
    get: (accountid, vendorid) => orders.get(`${accountid}/${vendorid}`),
    page({ accountid, vendorid, limit, before } = {}) {
      const found = [...orders.values()]
        .filter(({ order }) => (accountid ?? order.accountid) === order.accountid)
        .filter(({ order }) => (vendorid ?? order.vendorid) === order.vendorid)
        .filter((placed) => before === undefined || compareAccepted(placed, before) < 0)
        .sort((a, b) => compareAccepted(b, a));
      const { items, ...next } = pageOf(found, limit, ({ acceptedAt, orderid }) => ({ acceptedAt, orderid }));
      return { orders: items, ...next };
    },
  });
}

export function ownInvoices() {
  const invoices = new Map<string, InvoiceLine[]>();
  const linesOf = (key: InvoiceKey) => invoices.get(key.objectKey) ?? [];
  const placeOf = ({ period, accountid }: InvoiceKey) => `${9999 - period.year}/${99 - period.month}/${accountid}`;
  return portOf<InvoiceStore & InvoiceList>({
    add(line) {
      const key = invoiceKeyOf(line.order);
      const present = linesOf(key).find(({ orderid }) => orderid === line.orderid);
      if (present !== undefined && !isSameLine(present, line)) throw new Conflict('it differs');
      if (present === undefined) invoices.set(key.objectKey, [...linesOf(key), line]);
    },
    get: (key) => (linesOf(key).length === 0 ? undefined : invoiceOf(key, linesOf(key))),
    prepare: (key) => invoices.has(key.objectKey),
    page({ year, month, accountid, limit, before } = {}) {
      const found = [...invoices.keys()]
        .map(parseInvoiceKey)
        .filter((key) => (accountid ?? key.accountid) === key.accountid)
        .filter(({ period }) => (year ?? period.year) === period.year && (month ?? period.month) === period.month)
        .filter((key) => before === undefined || placeOf(key) > placeOf(before))
        .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      const { items, ...next } = pageOf(found, limit, (key) => key);
      const summaries = items.map((key) => {
        const { lines, ...invoice } = invoiceOf(key, linesOf(key));
        return { ...invoice, lineCount: lines.length };
      });
      return { invoices: summaries, ...next };
    },
  });
}

export function ownLinks(invoices: InvoiceStore, clock: Clock) {
  const links = new Map<string, { readonly key: InvoiceKey; readonly expires: number }>();
  const port = portOf<InvoiceLinks>({
    link(key) {
      const url = `http://127.0.0.1/invoice?token=${Math.random()}`;
      const expires = clock() + 60_000;
      links.set(url, { key, expires });
      return { url, expiresAt: new Date(expires).toISOString() };
    },
  });
  const open = async (url: string) => {
    const link = links.get(url);
    const body = link && link.expires > clock() ? await invoices.get(link.key) : undefined;
    if (body === undefined) return { status: 404 };
    return { status: 200, contentType: 'application/json', fileName: 'invoice.json', body };
  };
  return { ...port, open };
}

export function ownMailbox() {
  const mails: Mail[] = [];
  return portOf<Notifier & Mailbox>({
    publish(notification) {
      if (mails.some(({ id }) => id === notification.id)) return;
      mails.unshift({ ...notification, sentAt: new Date().toISOString(), sequence: mails.length + 1 });
    },
    page({ limit, before = Number.MAX_VALUE, orderid } = {}) {
      const found = mails.filter(({ id, sequence }) => sequence < before && (orderid ?? id) === id);
      const { items, ...next } = pageOf(found, limit, ({ sequence }) => sequence);
      return { mails: items, ...next };
    },
  });
}

export function ownNotificationLog(clock: Clock, leaseMilliseconds: number) {
  const leases = new Map<string, number>();
  const done = Number.POSITIVE_INFINITY;
  return portOf<NotificationLog>({
    begin(orderid) {
      const lease = leases.get(orderid) ?? 0;
      if (lease > clock()) return lease === done ? 'done' : 'busy';
      leases.set(orderid, clock() + leaseMilliseconds);
      return 'granted';
    },
    finish: (orderid) => void leases.set(orderid, done),
    release: (orderid) => void (leases.get(orderid) !== done && leases.delete(orderid)),
  });
}

export function ownExecutions() {
  const executions = new Map<string, Execution>();
  const parties = new Map<string, ExecutionParties>();
  const all = ({ accountid, vendorid }: ExecutionParties = {}) =>
    [...executions.values()].reverse().filter(({ orderid }) => {
      const of = parties.get(orderid);
      return (accountid ?? of?.accountid) === of?.accountid && (vendorid ?? of?.vendorid) === of?.vendorid;
    });
  return portOf<Executions>({
    start({ orderid, input, startedAt, dueAt, accountid, vendorid }) {
      const present = executions.get(orderid);
      const due = dueAt === undefined ? {} : { dueAt };
      const sequence = executions.size + 1;
      const started: Execution = { orderid, input, startedAt, sequence, status: 'RUNNING', history: [], ...due };
      if (present === undefined) {
        executions.set(orderid, started);
        parties.set(orderid, { accountid, vendorid });
      }
      return { started: present === undefined, execution: present ?? started };
    },
    claim({ at, limit, except = [] }) {
      const time = ({ dueAt = Number.POSITIVE_INFINITY }: Execution) => dueAt;
      const waiting = [...executions.values()]
        .filter(({ dueAt, resume }) => dueAt !== undefined && !except.includes(resume?.state ?? ''))
        .sort((one, other) => time(one) - time(other));
      const claimed = waiting.filter((one) => time(one) <= at).slice(0, limit);
      for (const { dueAt: _, ...execution } of claimed) executions.set(execution.orderid, execution);
      const [next] = waiting.slice(claimed.length);
      return {
        executions: claimed.map(({ dueAt: _, ...execution }) => execution),
        ...(next === undefined ? {} : { next: time(next) }),
      };
    },
    park({ orderid }, parked) {
      const present = executions.get(orderid);
      if (present?.status === 'RUNNING') executions.set(orderid, { ...present, ...parked });
    },
    recover(running, at) {
      const lost = [...executions.values()].filter(
        ({ orderid, status, dueAt }) => status === 'RUNNING' && dueAt === undefined && !running.includes(orderid),
      );
      for (const execution of lost) executions.set(execution.orderid, { ...execution, dueAt: at });
      return lost.length;
    },
    end({ orderid }, end) {
      const { dueAt: _, ...present } = executions.get(orderid) ?? {};
      if ('orderid' in present) executions.set(orderid, { ...(present as Execution), ...end });
    },
    redrive(orderid, timestamp) {
      const present = executions.get(orderid);
      if (present?.dueAt !== undefined) {
        const hurried = { ...present, dueAt: Math.min(present.dueAt, timestamp) };
        executions.set(orderid, hurried);
        return hurried;
      }
      if (present?.status !== 'FAILED') return undefined;
      const { stoppedAt: _stoppedAt, error: _error, cause: _cause, ...kept } = present;
      const history = [...kept.history, { type: 'ExecutionRedriven', timestamp }];
      const redriven: Execution = { ...kept, status: 'RUNNING', history, dueAt: timestamp };
      executions.set(orderid, redriven);
      return redriven;
    },
    get: (orderid) => executions.get(orderid),
    page({ status, limit, before = Number.MAX_VALUE, ...of } = {}) {
      const found = all(of).filter((one) => one.sequence < before && (status ?? one.status) === one.status);
      const { items, ...next } = pageOf(found, limit, ({ sequence }) => sequence);
      const summaries = items.map(({ input: _input, resume: _resume, history: _history, cause, ...summary }) =>
        cause === undefined ? summary : { ...summary, cause: [...cause].slice(0, 2000).join('') },
      );
      return { executions: summaries, ...next };
    },
    counts(of) {
      const count = (wanted: Execution['status']) => all(of).filter(({ status }) => status === wanted).length;
      return { RUNNING: count('RUNNING'), SUCCEEDED: count('SUCCEEDED'), FAILED: count('FAILED') };
    },
  });
}
