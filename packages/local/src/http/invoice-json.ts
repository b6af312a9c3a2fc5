import type { InvoiceLine } from '@coffee/domain';
import type { OpenedInvoice } from '../composition/tokens.ts';
import type { ReadPace } from './read-pace.ts';

/** How many lines are written at once. */
const sliceLength = 500;

function* slicesOf(lines: readonly InvoiceLine[]): Generator<readonly InvoiceLine[]> {
  for (let start = 0; start < lines.length; start += sliceLength) yield lines.slice(start, start + sliceLength);
}

/** The JSON of an invoice in UTF-8, piece by piece as it is read, at a pace that lets orders go first. */
export async function* invoiceJson(invoice: OpenedInvoice, pace: ReadPace): AsyncGenerator<Uint8Array> {
  const { lines, totals, ...head } = invoice;
  const utf8 = new TextEncoder();
  yield utf8.encode(`${JSON.stringify(head).slice(0, -1)},"lines":[`);
  let separator = '';
  const slices = 'length' in lines ? slicesOf(lines) : lines[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value: slice } = await pace.read(async () => slices.next());
      if (done) break;
      if (slice.length === 0) continue;
      yield utf8.encode(separator + slice.map((line: InvoiceLine) => JSON.stringify(line)).join(','));
      separator = ',';
    }
  } finally {
    await slices.return?.(undefined);
  }
  yield utf8.encode(`],"totals":${JSON.stringify(totals)}}`);
}
