import type { InvoiceLine } from '@coffee/domain';
import { invoiceLineOf, invoiceOf, parseInvoiceKey, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { expect, it, onTestFinished } from 'vitest';
import {
  SqliteDatabase,
  SqliteExecutions,
  SqliteInvoiceLinks,
  SqliteInvoiceList,
  SqliteInvoiceStore,
  SqliteMailbox,
  SqliteOrderRepository,
} from './index.ts';

const key = parseInvoiceKey('2026/11/a0');
const start = Date.UTC(2026, 10, 24);

/** The nth line: ids are not in order of time, and some times are equal. */
function lineOf(n: number, city = 'Adelaide'): InvoiceLine {
  const acceptedAt = new Date(start + Math.floor(((n * 7919) % 2500) / 2) * 1000).toISOString();
  const line = invoiceLineOf(placeOrder({ orderid: `o-${n}`, acceptedAt, order: exampleOrder }));
  return { ...line, order: { ...line.order, city } };
}

async function withLines(lines: readonly InvoiceLine[]) {
  const database = await SqliteDatabase.open(':memory:');
  onTestFinished(() => database.close());
  const invoices = new SqliteInvoiceStore(database);
  await Promise.all(lines.map((line) => invoices.add(line)));
  const links = new SqliteInvoiceLinks(database, { invoices, baseUrl: 'http://127.0.0.1' });
  return { database, invoices, links, url: (await links.link(key)).url };
}

it.each([
  ['many lines', Array.from({ length: 2500 }, (_, n) => lineOf(n))],
  ['long lines', Array.from({ length: 40 }, (_, n) => lineOf(n, 'x'.repeat(100_000)))],
])('reads an invoice of %s in slices, sorted, and the same as a whole', async (_, lines) => {
  const { database, links, url, invoices } = await withLines(lines);
  const opened = await links.openSlices(url);
  if (opened === undefined) throw new Error('it is there');
  const { lines: slices, ...head } = opened;
  const read: InvoiceLine[] = [];
  for await (const slice of slices) {
    expect(slice.length).toBeLessThanOrEqual(500);
    read.push(...slice);
  }
  const invoice = invoiceOf(key, lines);
  expect({ ...head, lines: read }).toEqual(invoice);
  expect(await invoices.get(key)).toEqual(invoice);
  const { lines: all, ...summary } = invoice;
  const listed = [{ ...summary, lineCount: all.length }];
  expect((await new SqliteInvoiceList(database).page()).invoices).toEqual(listed);
});

it('leaves out what is added after an invoice was opened, from its lines and its totals', async () => {
  const lines = [lineOf(1), lineOf(3)];
  const { links, url, invoices } = await withLines(lines);
  const opened = await links.openSlices(url);
  await invoices.add(lineOf(2));
  const read: InvoiceLine[] = [];
  for await (const slice of opened?.lines ?? []) read.push(...slice);
  expect({ ...opened, lines: read }).toEqual(invoiceOf(key, lines));
});

it('writes the keys of every table and adds lines up before there are many, whether or not anyone asks for a list', async () => {
  const { database, invoices } = await withLines([]);
  const executions = new SqliteExecutions(database);
  const keyed = 'SELECT name, sequence FROM keyed ORDER BY name';
  const ask = () => Promise.all(Array.from({ length: 1000 }, () => database.all(keyed, [])));
  for (const sequence of [1, 2]) {
    const order = { ...exampleOrder, vendorid: `v${sequence}` };
    const acceptedAt = new Date(start).toISOString();
    await new SqliteOrderRepository(database).put(placeOrder({ orderid: `o-${sequence}`, acceptedAt, order }));
    await executions.start({ orderid: `o-${sequence}`, input: '{}', startedAt: start });
    await invoices.add(lineOf(sequence));
    for (let asked = 0; asked < 36_000; asked += 1000) await ask();
    const names = ['executions', 'invoice_lines', 'orders'];
    expect(await database.all(keyed, [])).toEqual(names.map((name) => ({ name, sequence })));
  }
});

it('opens no slices by a link that was changed, or leads nowhere', async () => {
  const { links, url } = await withLines([lineOf(1)]);
  expect(await links.openSlices(url.replace('a0', 'a1'))).toBeUndefined();
  expect(await links.openSlices((await links.link(parseInvoiceKey('2026/12/a0'))).url)).toBeUndefined();
});

it('names the line that is damaged before it answers anything', async () => {
  const { database, links, url } = await withLines([lineOf(1), lineOf(2)]);
  const named = { name: 'Damaged', message: expect.stringContaining('line o-2 of invoice 2026/11/a0') };
  const [row] = await database.all("SELECT line FROM invoice_lines WHERE orderid = 'o-2'", []);
  for (const damage of ["'{'", "json_remove(line, '$.amount')", "json_remove(line, '$.acceptedAt')"]) {
    await database.run("UPDATE invoice_lines SET line = ? WHERE orderid = 'o-2'", [String(row?.line)]);
    await database.run(`UPDATE invoice_lines SET line = ${damage} WHERE orderid = 'o-2'`, []);
    await expect(links.openSlices(url)).rejects.toMatchObject(named);
  }
});

it('cuts pages of long orders and messages, and goes on after the cut', async () => {
  const { database } = await withLines([]);
  const orders = new SqliteOrderRepository(database);
  const mailbox = new SqliteMailbox(database);
  const attributes = { eventtype: ['new_order'], accountid: 'a0', vendorid: 'v0' };
  const expected = Array.from({ length: 30 }, (_, n) => `o-${String(29 - n).padStart(2, '0')}`);
  for (const [n, orderid] of expected.toReversed().entries()) {
    const order = { ...exampleOrder, vendorid: `v${n}`, city: 'x'.repeat(100_000) };
    const acceptedAt = new Date(start + n).toISOString();
    await orders.put({ ...placeOrder({ orderid, acceptedAt, order: exampleOrder }), order });
    await mailbox.publish({ id: orderid, subject: 'Coffee order', text: 'x'.repeat(100_000), attributes });
  }
  const pages = [];
  for (let before: Awaited<ReturnType<typeof orders.page>>['next'], more = true; more; ) {
    const page = await orders.page({ before });
    pages.push(page.orders.map(({ orderid }) => orderid));
    before = page.next;
    more = before !== undefined;
  }
  expect(pages.map((page) => page.length)).toEqual([10, 10, 10]);
  expect(pages.flat()).toEqual(expected);
  const { mails, next } = await mailbox.page();
  expect(mails.map(({ id }) => id)).toEqual(expected.slice(0, 10));
  expect((await mailbox.page({ before: next })).mails[0]?.id).toBe(expected[10]);
});
