import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { InvoiceLine } from '@coffee/domain';
import { buildInvoiceKey, invoiceLineOf, invoiceOf, placeOrder } from '@coffee/domain';
import { exampleOrder, linesOfOneInvoice } from '@coffee/domain/arbitraries';
import * as fc from 'fast-check';
import { ContainerModule } from 'inversify';
import { expect, it, onTestFinished } from 'vitest';
import { localTokens } from '../composition/tokens.ts';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { invoiceJson } from './invoice-json.ts';
import { ReadPace } from './read-pace.ts';

const pace = new ReadPace(() => false);
const key = buildInvoiceKey('a0', { year: 2026, month: 11 });

async function* inSlices(lines: readonly InvoiceLine[], length: number): AsyncGenerator<readonly InvoiceLine[]> {
  yield [];
  for (let start = 0; start < lines.length; start += length) yield lines.slice(start, start + length);
}

it('is the invoice, whatever the slices', async () => {
  await fc.assert(
    fc.asyncProperty(linesOfOneInvoice, fc.integer({ min: 1, max: 5 }), async (lines, length) => {
      const invoice = { ...invoiceOf(key, lines) };
      for (const opened of [invoice, { ...invoice, lines: inSlices(invoice.lines, length) }]) {
        expect(await text(invoiceJson(opened, pace))).toBe(JSON.stringify(invoice));
      }
    }),
  );
});

it('is read no faster than the client reads, and no further once it has left', async () => {
  const line = invoiceLineOf(placeOrder({ orderid: 'o', acceptedAt: '2026-11-24T09:30:00.000Z', order: exampleOrder }));
  const slice = Array<InvoiceLine>(200).fill(line);
  let slices = 0;
  let hasEnded = false;
  async function* endless(): AsyncGenerator<readonly InvoiceLine[]> {
    try {
      for (;;) {
        slices += 1;
        yield slice;
        await new Promise(setImmediate);
      }
    } finally {
      hasEnded = true;
    }
  }
  const module = new ContainerModule(({ rebind }) => {
    const open = async () => ({ ...invoiceOf(key, [line]), lines: endless() });
    rebind(localTokens.invoiceOpener).toConstantValue({ open });
  });
  const system = await CoffeeSystem.start({ modules: [module] });
  onTestFinished(() => system.close());
  const call = request(`${system.url}/invoices/2026/11/a0`).on('error', () => undefined);
  const [answer] = (await once(call.end(), 'response')) as [IncomingMessage];
  answer.on('error', () => undefined).pause();
  let before = -1;
  for (; before !== slices; await new Promise((resolve) => setTimeout(resolve, 50))) {
    before = slices;
    await system.get('/healthz');
  }
  expect(slices * JSON.stringify(slice).length).toBeLessThan(50_000_000); // what the kernel takes, and a little
  expect(hasEnded).toBe(false);
  call.destroy();
  await expect.poll(() => hasEnded).toBe(true);
});
