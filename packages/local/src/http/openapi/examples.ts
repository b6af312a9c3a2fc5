import type { Menu, Order } from '@coffee/domain';
import {
  composeNotification,
  invoiceKeyOf,
  invoiceLineOf,
  invoiceOf,
  placeOrder,
  safeParseOrder,
} from '@coffee/domain';
import { problem } from '@coffee/lambdas';
import { executionArn, toSeconds } from '../execution-view.ts';

const orderid = '01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57';
const acceptedAt = '2026-11-23T23:00:01.250Z';
const startDate = toSeconds(Date.parse(acceptedAt));
const stopDate = toSeconds(Date.parse(acceptedAt) + 20);

/** The seed's first order as this menu sells it. */
function exampleOrder({ coffeetypes, coffeesizes }: Menu): Order {
  const coffeetype = coffeetypes.includes('Latte') ? 'Latte' : (coffeetypes[0] ?? '');
  const { coffeesize = '', unitprice = '' } = coffeesizes[0] ?? {};
  return {
    accountid: 'a0',
    vendorid: 'v0',
    orderdate: '2026-11-24 09:30:00.123456',
    city: 'Adelaide',
    details: { coffeetype, coffeesize, unitprice, quantity: 2 },
    eventtype: ['new_order'],
  };
}

/** Requests and answers of one order, made by the domain itself: what is shown is what is answered. */
export function examplesOf(menu: Menu) {
  const order = exampleOrder(menu);
  const placed = placeOrder({ orderid, acceptedAt, order }, menu);
  const key = invoiceKeyOf(order);
  const { objectKey } = key;
  const invoice = invoiceOf(key, menu.currency, [invoiceLineOf(placed)]);
  const { lines, ...summary } = invoice;
  const state = { orderid, status: 'SUCCEEDED', startDate, stopDate } as const;
  const wrong = safeParseOrder({ ...order, details: { ...order.details, quantity: 0 } }, menu);
  const issues = wrong.success ? [] : wrong.error.issues.map((issue) => ({ ...issue, path: ['order', ...issue.path] }));
  return {
    order: { order },
    accepted: { orderid, executionArn: executionArn(orderid), startDate },
    rejected: problem(400, 'OrderRejected', issues.map(({ message }) => message).join('; '), { issues }),
    state,
    placed,
    orders: { orders: [placed] },
    link: {
      objectKey,
      url: `http://127.0.0.1:3000/invoices/${objectKey}?expires=1795475701&signature=${'5e'.repeat(32)}`,
      expiresAt: '2026-11-23T23:15:01.000Z',
    },
    invoice,
    invoices: { invoices: [{ ...summary, lineCount: lines.length }] },
    executions: { executions: [state], counts: { RUNNING: 0, SUCCEEDED: 1, FAILED: 0 } },
    mails: { mails: [{ ...composeNotification(placed), sentAt: '2026-11-23T23:00:01.270Z', sequence: 1 }] },
    fault: { port: 'Notifier', method: 'publish', kind: 'before', times: 2 },
  } as const;
}

export type Examples = ReturnType<typeof examplesOf>;
