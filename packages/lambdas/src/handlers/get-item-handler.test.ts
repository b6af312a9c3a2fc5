import { FindOrder } from '@coffee/application';
import { placeOrder } from '@coffee/domain';
import { unavailableBefore } from '@coffee/ports/faults';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ContainerModule } from 'inversify';
import { describe, expect, it } from 'vitest';
import { tokens } from '../composition/container.ts';
import { arrange } from '../test-support/arrange.ts';
import { orderOf, queryEvent, rawQueryEvent } from '../test-support/events.ts';
import { expectProblem } from '../test-support/expect-problem.ts';
import { GetItemHandler } from './get-item-handler.ts';

const placed = placeOrder({
  orderid: 'o1',
  acceptedAt: '2026-11-24T09:30:00.000Z',
  order: orderOf({ city: 'L\'Aquila "☕"' }),
});

async function arrangeOrder() {
  const arranged = arrange();
  await arranged.orders.put(placed);
  return arranged;
}

describe('get-item', () => {
  it('answers the placed order', async () => {
    const { handlers } = await arrangeOrder();
    const result = await handlers.getItem(queryEvent('accountid=a0&vendorid=v0'));
    expect(result).toEqual({
      statusCode: 200,
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'Access-Control-Allow-Origin': '*',
      },
      body: expect.any(String),
    });
    expect(JSON.parse(result.body)).toEqual(placed);
  });

  it('reads the single values where there are no multiple ones, and ignores other parameters', async () => {
    const { handlers } = await arrangeOrder();
    const single = { accountid: 'a0', vendorid: 'v0', other: '1' };
    const event = rawQueryEvent({ queryStringParameters: single, multiValueQueryStringParameters: null });
    expect((await handlers.getItem(event)).statusCode).toBe(200);
    expect((await handlers.getItem(queryEvent('accountid=a0&vendorid=v0&x=1&x=2'))).statusCode).toBe(200);
  });

  it.each([
    [
      '',
      [
        ['accountid', 'required'],
        ['vendorid', 'required'],
      ],
    ],
    ['accountid=a0', [['vendorid', 'required']]],
    ['vendorid=v0', [['accountid', 'required']]],
    ['accountid=a0&accountid=a0&vendorid=v0', [['accountid', 'repeated']]],
    ['accountid=a0&vendorid=v0&vendorid=v1', [['vendorid', 'repeated']]],
    [
      'accountid=&vendorid=..%2Fv0',
      [
        ['accountid', 'wrong_format'],
        ['vendorid', 'wrong_format'],
      ],
    ],
    [`accountid=${'a'.repeat(65)}&vendorid=v0`, [['accountid', 'wrong_format']]],
    ['accountid=a0%0A&vendorid=v0', [['accountid', 'wrong_format']]],
  ])('refuses the query %j with an issue for each parameter', async (query, expected) => {
    const { handlers, faults } = await arrangeOrder();
    const body = expectProblem(await handlers.getItem(queryEvent(query)), 400, 'ParameterRejected');
    expect(body).toMatchObject({
      title: 'Bad Request',
      issues: expected.map(([name, code]) => ({ path: [name], code, message: expect.stringContaining(String(name)) })),
    });
    expect(faults.orders.calls('get')).toBe(0);
  });

  it('answers 404 for a key without an order', async () => {
    const { handlers } = await arrangeOrder();
    const result = await handlers.getItem(queryEvent('accountid=a0&vendorid=v1'));
    expect(expectProblem(result, 404, 'OrderNotFound')).toMatchObject({ title: 'Not Found' });
  });

  it('answers 503 and when to ask again while the store is unavailable', async () => {
    const { handlers, faults } = await arrangeOrder();
    faults.orders.next('get', unavailableBefore());
    const result = await handlers.getItem(queryEvent('accountid=a0&vendorid=v0'));
    expect(expectProblem(result, 503, 'Unavailable')).toMatchObject({ title: 'Service Unavailable' });
    expect(result.headers).toMatchObject({ 'Retry-After': '1' });
    expect(result.body).not.toContain('on purpose');
    expect((await handlers.getItem(queryEvent('accountid=a0&vendorid=v0'))).statusCode).toBe(200);
  });

  it('leaves a defect to Lambda', async () => {
    const defect = new TypeError('a defect');
    const defective = new ContainerModule(({ rebind }) => {
      rebind(tokens.orderRepository).toConstantValue({
        put: () => Promise.reject(defect),
        get: () => Promise.reject(defect),
      });
    });
    const { handlers } = arrange(defective);
    await expect(handlers.getItem(queryEvent('accountid=a0&vendorid=v0'))).rejects.toBe(defect);
  });
});

describe('get-item behind an authorizer', () => {
  const event = (caller?: string) => {
    const authorizer = caller === undefined ? undefined : { caller };
    return {
      ...queryEvent('accountid=a0&vendorid=v0'),
      requestContext: { authorizer } as APIGatewayProxyEvent['requestContext'],
    };
  };
  async function arrangeKnown() {
    const { handlers } = await arrangeOrder();
    return new GetItemHandler(handlers.container.get(FindOrder), 'https://issuer.example').handle;
  }

  it.each([
    ['{"kind":"customer","accountid":"a0"}', 200],
    ['{"kind":"customer","accountid":"a1"}', 404],
    ['{"kind":"vendor","vendorid":"v0"}', 200],
    ['{"kind":"vendor","vendorid":"v1"}', 404],
    ['{"kind":"operator"}', 200],
  ])('answers %s with %i', async (caller, status) => {
    const handle = await arrangeKnown();
    const result = await handle(event(caller));
    if (status === 404) expectProblem(result, 404, 'OrderNotFound');
    expect(result.statusCode).toBe(status);
  });

  it.each([undefined, '', '{', '{"kind":"admin"}'])('refuses the caller %j', async (caller) => {
    const handle = await arrangeKnown();
    expectProblem(await handle(event(caller)), 401, 'Unauthorized');
  });
});
