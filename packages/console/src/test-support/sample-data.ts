import { paths } from '../shell/paths.ts';
import type { CoffeeServer } from './coffee-server.ts';

/** A page of the console in a state worth looking at. */
export interface SamplePage {
  readonly name: string;
  readonly path: string;
}

const days = [2, 3, 3, 5, 6, 9, 9, 10, 11, 12, 13, 13, 16, 17, 18, 18, 18, 19, 20, 23];

/**
 * Fills a server with orders of five accounts over a month and, at the end, leaves one execution failed, one running and
 * two faults set. Returns every page that shows some of it.
 */
export async function prepareSampleData(server: CoffeeServer): Promise<readonly SamplePage[]> {
  const succeeded: string[] = [];
  for (const [n, day] of [...days, ...days].entries()) {
    const time = `${String(8 + (n % 9)).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}:00`;
    const orderdate = `2026-${n < days.length ? 11 : 10}-${String(day).padStart(2, '0')} ${time}`;
    succeeded.push(await server.placeRandom(n % 25, { orderdate, ...(n % 4 === 0 ? { accountid: 'a0' } : {}) }));
  }
  await Promise.all(succeeded.map((orderid) => server.ended(orderid)));

  await server.client.setFault({ port: 'Notifier', method: 'publish', kind: 'before', times: 3 });
  const retried = await server.placeRandom(1, { orderdate: '2026-11-24 09:30:00' });
  await server.ended(retried);
  await server.client.setFault({ port: 'InvoiceStore', method: 'add', kind: 'before', times: 'always' });
  const failed = await server.placeRandom(2, { orderdate: '2026-11-24 09:40:00' });
  await server.ended(failed);
  await server.client.clearFaults();
  await server.client.setFault({
    port: 'OrderRepository',
    method: 'put',
    kind: 'slow',
    milliseconds: 60_000,
    times: 'always',
  });
  await server.client.setFault({ port: 'Notifier', method: 'publish', kind: 'after', times: 'always' });
  const running = await server.placeRandom(3, { orderdate: '2026-11-24 09:50:00' });

  return [
    { name: 'place-an-order', path: paths.placeOrder },
    { name: 'executions', path: paths.executions },
    { name: 'execution-succeeded', path: paths.execution(retried) },
    { name: 'execution-failed', path: paths.execution(failed) },
    { name: 'execution-running', path: paths.execution(running) },
    { name: 'execution-missing', path: paths.execution('nothing') },
    { name: 'orders', path: paths.orders },
    { name: 'order', path: paths.order('a1', 'v1') },
    { name: 'invoices', path: paths.invoices },
    { name: 'invoice', path: paths.invoice('2026/11/a0') },
    { name: 'mailbox', path: paths.mailbox },
    { name: 'mail', path: paths.mail(retried) },
    { name: 'mail-missing', path: paths.mail(failed) },
    { name: 'faults', path: paths.faults },
    { name: 'not-found', path: '/console/nothing' },
  ];
}
