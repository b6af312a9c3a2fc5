import type { InvoiceLine } from '@coffee/domain';
import type { OpenedInvoice } from '../composition/tokens.ts';

/** How many lines are written at once. */
const sliceLength = 500;

function* slicesOf(lines: readonly InvoiceLine[]): Generator<readonly InvoiceLine[]> {
  for (let start = 0; start < lines.length; start += sliceLength) yield lines.slice(start, start + sliceLength);
}

/** The JSON of an invoice in UTF-8, piece by piece as it is read. */
export async function* invoiceJson({ lines, totals, ...head }: OpenedInvoice): AsyncGenerator<Uint8Array> {
  const utf8 = new TextEncoder();
  yield utf8.encode(`${JSON.stringify(head).slice(0, -1)},"lines":[`);
  let separator = '';
  for await (const slice of 'length' in lines ? slicesOf(lines) : lines) {
    if (slice.length === 0) continue;
    yield utf8.encode(separator + slice.map((line) => JSON.stringify(line)).join(','));
    separator = ',';
  }
  yield utf8.encode(`],"totals":${JSON.stringify(totals)}}`);
}
