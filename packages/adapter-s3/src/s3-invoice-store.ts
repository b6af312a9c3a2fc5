import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { hasStatus, isNamed, orUnavailable, sendOptions } from '@coffee/aws-errors';
import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { addLine, emptyInvoice, InvoiceLineRejected, invoiceKeyOf, parseInvoice } from '@coffee/domain';
import type { CallOptions, InvoiceStore } from '@coffee/ports';
import { Conflict, readBack } from '@coffee/ports';
import { RaceLost, retryLostRaces } from './retry-lost-races.ts';

/** Which bucket, and how patient a writer is. */
export interface S3InvoiceStoreOptions {
  readonly bucketName: string;
  /**
   * How long `add` tries again when other writers are faster, before it gives up as `Unavailable`. Defaults to 12 seconds,
   * well below the 20 that the workflow gives the task.
   */
  readonly patienceMilliseconds?: number;
}

interface Stored {
  readonly invoice: Invoice;
  readonly etag: string;
}

/** The name of an invoice's object, like `2026/11/a0.json`. */
export function objectNameOf({ objectKey }: Pick<InvoiceKey, 'objectKey'>): string {
  return `${objectKey}.json`;
}

/** Invoices in S3: one JSON object a key, written under the condition that it is still the one that was read. */
export class S3InvoiceStore implements InvoiceStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #patience: number;

  constructor(client: S3Client, options: S3InvoiceStoreOptions) {
    const { bucketName, patienceMilliseconds = 12_000 } = options;
    this.#client = client;
    this.#bucket = bucketName;
    this.#patience = patienceMilliseconds;
  }

  async add(line: InvoiceLine, options?: CallOptions): Promise<void> {
    const key = invoiceKeyOf(line.order);
    try {
      await retryLostRaces(() => this.#tryToAdd(key, line, options), this.#patience);
    } catch (error) {
      if (error instanceof InvoiceLineRejected) throw new Conflict(error.message, { cause: error });
      throw error;
    }
  }

  async get(key: InvoiceKey, options?: CallOptions): Promise<Invoice | undefined> {
    return (await this.#read(key, options))?.invoice;
  }

  async prepare(key: InvoiceKey, options?: CallOptions): Promise<boolean> {
    const command = new HeadObjectCommand({ Bucket: this.#bucket, Key: objectNameOf(key) });
    try {
      await orUnavailable('S3', this.#client.send(command, sendOptions(options)), options);
      return true;
    } catch (error) {
      if (isNamed(error, 'NotFound')) return false;
      throw error;
    }
  }

  /** Adding is idempotent, so a writer whose own write made it lose the race finds its line there and is done. */
  async #tryToAdd(key: InvoiceKey, line: InvoiceLine, options?: CallOptions): Promise<void> {
    const stored = await this.#read(key, options);
    const before = stored?.invoice ?? emptyInvoice(key);
    const after = addLine(before, line);
    if (after === before) return;
    await this.#write(key, after, stored === undefined ? { IfNoneMatch: '*' } : { IfMatch: stored.etag }, options);
  }

  async #read(key: InvoiceKey, options?: CallOptions): Promise<Stored | undefined> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: objectNameOf(key) });
    try {
      const { text, etag } = await orUnavailable(
        'S3',
        this.#client.send(command, sendOptions(options)).then(async ({ Body, ETag }) => {
          if (Body === undefined || ETag === undefined) throw new TypeError('S3 answered without a body or an ETag');
          return { text: await Body.transformToString(), etag: ETag };
        }),
        options,
      );
      return { invoice: readBack(`invoice ${key.objectKey}`, () => parseInvoice(JSON.parse(text))), etag };
    } catch (error) {
      if (isNamed(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  }

  async #write(
    key: InvoiceKey,
    invoice: Invoice,
    condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
    options?: CallOptions,
  ): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: objectNameOf(key),
      Body: JSON.stringify(invoice),
      ContentType: 'application/json',
      Metadata: { accountid: key.accountid, billingperiod: `${key.period.year}-${key.period.month}` },
      ...condition,
    });
    try {
      await orUnavailable('S3', this.#client.send(command, sendOptions(options)), options);
    } catch (error) {
      if (!wasFaster(error)) throw error;
      throw new RaceLost(`other writers of ${key.objectKey} were faster`, { cause: error });
    }
  }
}

/** 412: the object changed since it was read. 409: another write is in progress. 404: it was deleted since it was read. */
function wasFaster(error: unknown): boolean {
  return hasStatus(error, 412) || hasStatus(error, 409) || isNamed(error, 'NoSuchKey');
}
