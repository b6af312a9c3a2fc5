import autocannon from 'autocannon';

/** One order as a request body; accounts and vendors vary, so that rows and invoices do. */
export function orderBody(number: number): string {
  return JSON.stringify({
    order: {
      accountid: `a${number % 1000}`,
      vendorid: `v${number}`,
      orderdate: '2026-11-24 09:30:00.123456',
      city: 'Adelaide',
      details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 },
      eventtype: ['new_order'],
    },
  });
}

let next = 0;

/** Posts so many orders over 32 connections and answers the seconds it took. Fails when one is not answered 202. */
export async function postOrders(api: string, amount: number): Promise<number> {
  const started = performance.now();
  const result = await autocannon({
    url: `${api}/order`,
    connections: 32,
    amount,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => {
          next += 1;
          return { ...request, body: orderBody(next) };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} requests failed`);
  }
  return (performance.now() - started) / 1000;
}
