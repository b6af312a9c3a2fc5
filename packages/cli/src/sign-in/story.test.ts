import { invoiceKeyOf } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { startLocal } from '@coffee/local';
import { Events } from 'oauth2-mock-server';
import { expect, it, onTestFinished } from 'vitest';
import { runCoffee } from '../test-support/run-coffee.ts';
import { signInAt } from '../test-support/sign-in.ts';

/** A system that trusts an issuer, and a user whom the issuer knows as the account a0, with a terminal. */
async function arrange() {
  const { issuer, service, env } = await signInAt();
  const audience = 'coffee-orders';
  service.on(Events.BeforeTokenSigning, ({ payload }) => {
    if (payload.scope !== undefined) Object.assign(payload, { aud: audience }); // the token for the API, and not the id token
  });
  const system = await startLocal({ issuer: { url: issuer, audience } });
  onTestFinished(() => system.close());
  return (...args: string[]) => runCoffee(args, { url: system.url, env });
}

const details = ['--coffeetype', 'Latte', '--coffeesize', 'Small', '--quantity', '2', '--city', 'Adelaide'];
const orderFor = (accountid: string) => ['order', '--accountid', accountid, '--vendorid', 'v0', ...details];

it('a person signs in, places an order, reads its invoice, and sees nothing of another', async () => {
  const coffee = await arrange();
  expect(await coffee(...orderFor('a0'))).toMatchObject({ code: 1, stderr: expect.stringContaining('coffee login') });
  expect(await coffee('login')).toMatchObject({ code: 0, stdout: expect.stringMatching(/Caller +customer a0/) });

  const placed = await coffee(...orderFor('a0'), '--orderdate', exampleOrder.orderdate, '--wait', '--json');
  expect(placed).toMatchObject({ code: 0, stderr: '' });
  const { orderid } = JSON.parse(placed.stdout) as { readonly orderid: string };
  expect(await coffee('status', orderid)).toMatchObject({ code: 0, stdout: expect.stringContaining('SUCCEEDED') });
  const { objectKey } = invoiceKeyOf({ ...exampleOrder, accountid: 'a0' });
  expect(await coffee('invoice', objectKey)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/account a0.*Latte.*7\.00/s),
  });
  expect(await coffee('executions')).toMatchObject({ code: 0, stdout: expect.stringContaining(orderid) });

  const forbidden = await coffee(...orderFor('a1'), '--json');
  expect(forbidden).toMatchObject({ code: 1, stderr: expect.stringContaining('OrderForbidden') });
  for (const others of [
    ['get', 'a1', 'v0'],
    ['invoice', '2026/11/a1'],
    ['status', 'another-1'],
  ]) {
    expect(await coffee(...others), others.join(' ')).toMatchObject({ code: 4 }); // not found
  }
  expect(await coffee('mailbox')).toMatchObject({ code: 1, stderr: expect.stringContaining('OperatorRequired') });

  expect(await coffee('logout')).toMatchObject({ code: 0 });
  expect(await coffee('get', 'a0', 'v0')).toMatchObject({ code: 1, stderr: expect.stringContaining('coffee login') });
});
