import type { Menu, Order } from '@coffee/domain';
import { composeNotification, placeOrder, safeParseOrder } from '@coffee/domain';
import { rejection } from '../problems.ts';

const orderid = '01a20aa3-4262-7c3a-9f42-2f6c1d0e8a57';
const acceptedAt = '2026-11-23T23:00:01.250Z';
const startDate = Date.parse(acceptedAt) / 1000;
const stopDate = (Date.parse(acceptedAt) + 20) / 1000;

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

/** Requests and answers of one order, made by the domain itself, so that they are real answers. */
export function examplesOf(menu: Menu) {
  const order = exampleOrder(menu);
  const placed = placeOrder({ orderid, acceptedAt, order }, menu);
  const { total, currency, invoice: objectKey } = placed;
  const head = { objectKey, accountid: order.accountid, period: { year: 2026, month: 11 } };
  const totals = [{ currency, total }];
  const state = { orderid, status: 'SUCCEEDED', startDate, stopDate } as const;
  const wrong = safeParseOrder({ ...order, details: { ...order.details, quantity: 0 } }, menu);
  const issues = wrong.success ? [] : wrong.error.issues.map((issue) => ({ ...issue, path: ['order', ...issue.path] }));
  return {
    order: { order },
    accepted: {
      orderid,
      executionArn: `arn:aws:states:local:000000000000:execution:order-workflow:${orderid}`,
      startDate,
    },
    rejected: rejection('OrderRejected', issues),
    state,
    placed,
    issuer: { issuer: 'https://issuer.example', audience: 'coffee-orders', clientid: 'coffee' },
    orders: { orders: [placed] },
    link: {
      objectKey,
      url: `http://127.0.0.1:3000/invoices/${objectKey}?expires=1795475701&signature=${'5e'.repeat(32)}`,
      expiresAt: '2026-11-23T23:15:01.000Z',
    },
    invoice: { ...head, lines: [{ orderid, acceptedAt, order, amount: total, currency }], totals },
    invoices: { invoices: [{ ...head, lineCount: 1, totals }] },
    executions: { executions: [state], counts: { RUNNING: 0, SUCCEEDED: 1, FAILED: 0 } },
    mails: { mails: [{ ...composeNotification(placed), sentAt: '2026-11-23T23:00:01.270Z', sequence: 1 }] },
    fault: { port: 'Notifier', method: 'publish', kind: 'before', times: 2 },
  } as const;
}

/** See {@link examplesOf}. */
export type Examples = ReturnType<typeof examplesOf>;
