import { setTimeout } from 'node:timers/promises';
import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import { expect, it, onTestFinished } from 'vitest';
import { localTokens } from '../composition/tokens.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';

/** A mailbox and a list of invoices whose pages wait until they are let go, and the number of those that wait. */
async function startSlow(...modules: readonly ContainerModule[]) {
  const waiting: (() => void)[] = [];
  const page = <T>(empty: T) => new Promise<T>((done) => waiting.push(() => done(empty)));
  const slow = new ContainerModule(({ onActivation }) => {
    onActivation(localTokens.mailbox, () => ({ page: () => page({ mails: [] }) }));
    onActivation(localTokens.invoiceList, () => ({ page: () => page({ invoices: [] }) }));
  });
  const system = await CoffeeSystem.start({ modules: [slow, ...modules] });
  onTestFinished(() => system.close());
  return { system, waiting };
}

it('has four large answers at a time in memory, the others wait, and small ones do not', async () => {
  const { system, waiting } = await startSlow();
  const answers = Array.from({ length: 50 }, () => system.get('/mailbox?limit=1000'));
  for (let answered = 0; answered < 50; answered += 1) {
    await expect.poll(() => waiting.length, { interval: 2 }).toBe(Math.min(4, 50 - answered));
    if (answered % 10 === 0) expect(await system.get('/healthz')).toEqual({ status: 'ok' });
    waiting.shift()?.();
  }
  expect(await Promise.all(answers)).toEqual(Array(50).fill({ mails: [] }));
});

it('has one at a time while an order is on its way', async () => {
  const sending: (() => void)[] = [];
  const publish = () => new Promise<void>((sent) => sending.push(sent));
  const slow = new ContainerModule(({ onActivation }) => void onActivation(tokens.notifier, () => ({ publish })));
  const { system, waiting } = await startSlow(slow);
  await system.place();
  await expect.poll(() => sending.length, { interval: 2 }).toBe(1);
  const answers = Array.from({ length: 3 }, () => system.get('/mailbox?limit=1000'));
  for (let answered = 0; answered < 3; answered += 1) {
    await expect.poll(() => waiting.length, { interval: 2 }).toBe(1);
    for (let asked = 0; asked < 20; asked += 1) await system.get('/healthz');
    expect(waiting).toHaveLength(1);
    waiting.shift()?.();
  }
  expect(await Promise.all(answers)).toEqual(Array(3).fill({ mails: [] }));
  for (const sent of sending) sent();
});

it('answers 503 when too many wait, and forgets clients that leave', async () => {
  const { system, waiting } = await startSlow();
  const leave = new AbortController();
  const asked = Array.from({ length: 520 }, () => system.fetch('/mailbox', { signal: leave.signal }));
  const settled = Promise.allSettled(asked);
  const refused = await Promise.race(asked); // no one else is answered
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ code: 'Unavailable' });
  leave.abort();
  await settled;
  const last = system.fetch('/mailbox');
  await expect
    .poll(async () => {
      for (const go of waiting.splice(0)) go();
      return (await Promise.race([last, setTimeout(20)]))?.status;
    })
    .toBe(200);
});

it('takes one turn for a path that two patterns match', async () => {
  const { system, waiting } = await startSlow();
  const answers = Array.from({ length: 4 }, () => system.fetch('/invoices'));
  await expect.poll(() => waiting.length, { interval: 2 }).toBe(4);
  for (const go of waiting) go();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});
