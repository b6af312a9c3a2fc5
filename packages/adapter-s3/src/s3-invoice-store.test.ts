import { S3Client } from '@aws-sdk/client-s3';
import type { InvoiceLine } from '@coffee/domain';
import { invoiceKeyOf, invoiceLineOf, invoiceOf, parseInvoice, placeOrder } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { S3InvoiceStore } from './index.ts';

interface Input {
  readonly Key: string;
  readonly Body: string;
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly Prefix: string;
  readonly ContinuationToken?: string;
}

const refused = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

/** A bucket in memory that answers the commands of the store as S3 documents them, two names a page. */
class Bucket {
  readonly objects = new Map<string, { readonly text: string; readonly etag: string }>();
  bytes = 0;
  #writes = 0;
  readonly #pageSize: number;

  readonly #answers: Readonly<Record<string, (input: Input) => object>> = {
    PutObjectCommand: ({ Key, Body, IfMatch, IfNoneMatch }) => {
      const stored = this.objects.get(Key);
      if (IfMatch !== undefined && stored === undefined) throw refused('NoSuchKey', 404);
      if (stored?.etag !== IfMatch || (IfNoneMatch && stored)) throw refused('PreconditionFailed', 412);
      this.#writes += 1;
      this.bytes += Buffer.byteLength(Body);
      this.objects.set(Key, { text: Body, etag: `"${this.#writes}"` });
      return {};
    },
    GetObjectCommand: ({ Key }) => {
      const stored = this.objects.get(Key);
      if (stored === undefined) throw refused('NoSuchKey', 404);
      return { Body: { transformToString: async () => stored.text }, ETag: stored.etag };
    },
    ListObjectsV2Command: ({ Prefix, ContinuationToken = '' }) => {
      const names = [...this.objects.keys()].filter((name) => name.startsWith(Prefix) && name > ContinuationToken);
      const page = names.sort().slice(0, this.#pageSize);
      const next = names.length > page.length ? page.at(-1) : undefined;
      return { Contents: page.map((Key) => ({ Key })), IsTruncated: next !== undefined, NextContinuationToken: next };
    },
  };

  constructor(pageSize = 2) {
    this.#pageSize = pageSize;
  }

  /** A store whose every request, and every answer, passes through the gate. */
  store(gate: () => Promise<void> = async () => {}): S3InvoiceStore {
    const client = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    client.middlewareStack.add(
      (_, { commandName = '' }) =>
        async ({ input }) => {
          await gate();
          const output = this.#answers[commandName]?.(input as Input);
          await gate();
          return { output: { $metadata: {}, ...output }, response: undefined } as never;
        },
      { step: 'initialize' },
    );
    return new S3InvoiceStore(client, {
      bucketName: 'b',
      patienceMilliseconds: 60_000,
      preparationMilliseconds: 60_000,
    });
  }
}

const key = invoiceKeyOf(exampleOrder);
const invoiceName = `${key.objectKey}.json`;
const lineOf = (orderid: string): InvoiceLine =>
  invoiceLineOf(placeOrder({ orderid, acceptedAt: '2026-11-24T09:30:00.000Z', order: exampleOrder }));

const call = fc.oneof(
  fc.record({ does: fc.constant('add' as const), orderid: fc.constantFrom('o0', 'o1', 'o2', 'o3', 'o4', 'o5') }),
  fc.record({ does: fc.constant('prepare' as const), killedAfter: fc.option(fc.nat(20), { freq: 1 }) }),
  fc.record({ does: fc.constant('prepare' as const), killedAfter: fc.constant(null) }),
  fc.record({ does: fc.constant('delete' as const) }),
);

type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

it('shows every line that was there when the link was asked for, whoever writes, compiles, deletes or is killed', async () => {
  const calls = fc.array(call, { minLength: 2, maxLength: 12, size: 'max' });
  const earlier = fc.subarray(['o0', 'o1', 'earlier']);
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), calls, earlier, async (scheduler, drawn, earlierIds) => {
      const bucket = new Bucket();
      const added = new Set(earlierIds);
      const text = JSON.stringify(invoiceOf(key, earlierIds.map(lineOf)));
      if (earlierIds.length > 0) bucket.objects.set(invoiceName, { text, etag: '"earlier"' });
      let mayBeDeleted = earlierIds.length === 0; // an invoice of an earlier version, once it was prepared
      let deleted = 0;
      const shown = () => {
        const stored = bucket.objects.get(invoiceName);
        return stored && parseInvoice(JSON.parse(stored.text));
      };
      const turn = () => scheduler.schedule(Promise.resolve());

      const run = async (each: Call) => {
        await turn();
        if (each.does === 'add') {
          await bucket.store(turn).add(lineOf(each.orderid));
          added.add(each.orderid);
        } else if (each.does === 'delete') {
          if (mayBeDeleted && bucket.objects.delete(invoiceName)) deleted += 1;
        } else {
          const [before, deletedBefore] = [[...added], deleted];
          let turns = 0;
          const dies = async () => {
            turns += 1;
            if (each.killedAfter !== null && turns > each.killedAfter) throw new Error('killed');
            await turn();
          };
          const found = await bucket
            .store(dies)
            .prepare(key)
            .catch((error: Error) => void expect(error.message).toBe('killed'));
          if (found === undefined) return;
          mayBeDeleted = true;
          if (deleted !== deletedBefore) return;
          expect(found || before.length === 0).toBe(true);
          const ids = shown()?.lines.map(({ orderid }) => orderid) ?? [];
          expect(before.filter((orderid) => !ids.includes(orderid))).toEqual([]);
        }
      };
      await scheduler.waitFor(Promise.all(drawn.map(run)));

      expect(await bucket.store().prepare(key)).toBe(added.size > 0);
      expect(shown()).toEqual(added.size > 0 ? invoiceOf(key, [...added].map(lineOf)) : undefined);
      expect(await bucket.store().get(key)).toEqual(shown());
    }),
    { numRuns: 200 },
  );
});

it('writes bytes in proportion to the lines', async () => {
  const bytes = new Map<number, number>();
  for (const count of [100, 1_000, 10_000]) {
    const bucket = new Bucket(1_000);
    const invoices = bucket.store();
    for (let index = 0; index < count; index += 1) await invoices.add(lineOf(`o${index}`));
    await invoices.prepare(key);
    bytes.set(count, bucket.bytes);
    console.log(`${count} lines and their invoice: ${bucket.bytes} bytes written, ${bucket.bytes / count} a line`);
  }
  const growth = (from: number, to: number) => (bytes.get(to) ?? 0) / (bytes.get(from) ?? 0);
  expect([growth(100, 1_000), growth(1_000, 10_000)].every((times) => times < 10.5)).toBe(true);
});
