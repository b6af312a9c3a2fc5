import { LinkInvoice } from '@coffee/application';
import { placeOrder } from '@coffee/domain';
import { unavailableBefore } from '@coffee/ports/faults';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { arrange } from '../test-support/arrange.ts';
import { orderOf, queryEvent, rawQueryEvent } from '../test-support/events.ts';
import { expectProblem } from '../test-support/expect-problem.ts';
import { GetObjectHandler } from './get-object-handler.ts';

const placed = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order: orderOf() });

async function arrangeInvoice() {
  const arranged = arrange();
  await arranged.handlers.putObject(placed);
  return arranged;
}

describe('get-object', () => {
  it.each(['objectKey=2026/11/a0', 'objectKey=2026%2F11%2Fa0'])(
    'answers a link to the invoice for %s',
    async (query) => {
      const { handlers, links } = await arrangeInvoice();
      const result = await handlers.getObject(queryEvent(query));
      expect(result).toMatchObject({
        statusCode: 200,
        headers: {
          'Content-Type': 'application/json',
          'Cache-Control': 'no-store',
          'Access-Control-Allow-Origin': '*',
        },
      });
      const { objectKey, url, expiresAt, ...rest } = JSON.parse(result.body);
      expect(objectKey).toBe('2026/11/a0');
      expect(new Date(expiresAt).toISOString()).toBe(expiresAt);
      expect(rest).toEqual({});
      expect(await links.open(url)).toMatchObject({
        objectKey: '2026/11/a0',
        totals: [{ currency: 'AUD', total: '7.00' }],
      });
    },
  );

  it('reads the single value where there are no multiple ones', async () => {
    const { handlers } = await arrangeInvoice();
    const single = { objectKey: '2026/11/a0' };
    const event = rawQueryEvent({ queryStringParameters: single, multiValueQueryStringParameters: null });
    expect((await handlers.getObject(event)).statusCode).toBe(200);
  });

  it.each([
    ['', 'required'],
    ['key=2026/11/a0', 'required'],
    ['objectKey=2026/11/a0&objectKey=2026/11/a0', 'repeated'],
  ])('refuses the query %j: %s', async (query, code) => {
    const { handlers } = await arrangeInvoice();
    const body = expectProblem(await handlers.getObject(queryEvent(query)), 400, 'ParameterRejected');
    expect(body.issues).toEqual([{ path: ['objectKey'], code, message: expect.stringContaining('objectKey') }]);
  });

  it.each(['', '2026/011/a0', '2026/00/a0', '2026/11/..', '../2026/11/a0', '2026/11/a0/', 'a0'])(
    'refuses the key %j',
    async (objectKey) => {
      const { handlers, faults } = await arrangeInvoice();
      const result = await handlers.getObject(queryEvent(`objectKey=${encodeURIComponent(objectKey)}`));
      expect(expectProblem(result, 400, 'InvoiceKeyRejected').detail).toContain('2026/11/a0');
      expect(faults.invoices.calls('prepare')).toBe(0);
    },
  );

  it('answers 404 for a key without an invoice', async () => {
    const { handlers } = await arrangeInvoice();
    const result = await handlers.getObject(queryEvent('objectKey=2026/12/a0'));
    expect(expectProblem(result, 404, 'InvoiceNotFound')).toMatchObject({ title: 'Not Found' });
  });

  it.each(['prepare', 'link'] as const)('answers 503 while %s is unavailable', async (method) => {
    const { handlers, faults } = await arrangeInvoice();
    if (method === 'prepare') faults.invoices.next(method, unavailableBefore());
    else faults.links.next(method, unavailableBefore());
    const result = await handlers.getObject(queryEvent('objectKey=2026/11/a0'));
    expectProblem(result, 503, 'Unavailable');
    expect(result.headers).toMatchObject({ 'Retry-After': '1' });
  });
});

describe('get-object behind an authorizer', () => {
  const event = (caller?: string) => {
    const authorizer = caller === undefined ? undefined : { caller };
    return {
      ...queryEvent('objectKey=2026/11/a0'),
      requestContext: { authorizer } as APIGatewayProxyEvent['requestContext'],
    };
  };
  async function arrangeKnown() {
    const { handlers } = await arrangeInvoice();
    return new GetObjectHandler(handlers.container.get(LinkInvoice), 'https://issuer.example').handle;
  }

  it.each([
    ['{"kind":"customer","accountid":"a0"}', 200],
    ['{"kind":"customer","accountid":"a1"}', 404],
    ['{"kind":"vendor","vendorid":"v0"}', 404],
    ['{"kind":"vendor","vendorid":"v1"}', 404],
    ['{"kind":"operator"}', 200],
  ])('answers %s with %i', async (caller, status) => {
    const handle = await arrangeKnown();
    const result = await handle(event(caller));
    if (status === 404) expectProblem(result, 404, 'InvoiceNotFound');
    expect(result.statusCode).toBe(status);
  });

  it.each([undefined, '', '{', '{"kind":"admin"}'])('refuses the caller %j', async (caller) => {
    const handle = await arrangeKnown();
    expectProblem(await handle(event(caller)), 401, 'Unauthorized');
  });
});
