import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { addLine, assertLineBelongs, defaultMenu, emptyInvoice, InvoiceLineRejected } from '@coffee/domain';
import type { InvoiceStore } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import { objectNameOf } from './object-name.ts';
import { orUnavailable } from './or-unavailable.ts';
import { RaceLost, retryLostRaces } from './retry-lost-races.ts';
import { hasStatus, isNamed } from './sdk-error.ts';

/** Which bucket, and the currency of its invoices. */
export interface S3InvoiceStoreOptions {
  readonly bucketName: string;
  /** ISO 4217 code; the default menu's unless told. */
  readonly currency?: string;
  /**
   * How long `addLine` goes on when other writers are faster, then `Unavailable`: 12 seconds unless told, well below the
   * 20 that the workflow gives the task.
   */
  readonly patienceMilliseconds?: number;
}

interface Stored {
  readonly invoice: Invoice;
  readonly etag: string;
}

/** Invoices in S3: one JSON object a key, written under the condition that it is still the one that was read. */
export class S3InvoiceStore implements InvoiceStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #currency: string;
  readonly #patience: number;

  constructor(client: S3Client, options: S3InvoiceStoreOptions) {
    const { bucketName, currency = defaultMenu.currency, patienceMilliseconds = 12_000 } = options;
    this.#client = client;
    this.#bucket = bucketName;
    this.#currency = currency;
    this.#patience = patienceMilliseconds;
  }

  async addLine(key: InvoiceKey, line: InvoiceLine): Promise<void> {
    try {
      assertLineBelongs(key, line);
      await retryLostRaces(() => this.#tryToAdd(key, line), this.#patience);
    } catch (error) {
      if (error instanceof InvoiceLineRejected) throw new Conflict(error.message, { cause: error });
      throw error;
    }
  }

  async get(key: InvoiceKey): Promise<Invoice | undefined> {
    return (await this.#read(key))?.invoice;
  }

  async exists(key: InvoiceKey): Promise<boolean> {
    const command = new HeadObjectCommand({ Bucket: this.#bucket, Key: objectNameOf(key) });
    try {
      await orUnavailable(this.#client.send(command));
      return true;
    } catch (error) {
      if (isNamed(error, 'NotFound')) return false;
      throw error;
    }
  }

  /** Adding is idempotent, so a writer whose own write made it lose the race finds its line there and is done. */
  async #tryToAdd(key: InvoiceKey, line: InvoiceLine): Promise<void> {
    const stored = await this.#read(key);
    const before = stored?.invoice ?? emptyInvoice(key, this.#currency);
    const after = addLine(before, line);
    if (after === before) return;
    await this.#write(key, after, stored === undefined ? { IfNoneMatch: '*' } : { IfMatch: stored.etag });
  }

  async #read(key: InvoiceKey): Promise<Stored | undefined> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: objectNameOf(key) });
    try {
      return await orUnavailable(
        this.#client.send(command).then(async ({ Body, ETag }) => {
          if (Body === undefined || ETag === undefined) throw new TypeError('S3 answered without a body or an ETag');
          return { invoice: JSON.parse(await Body.transformToString()) as Invoice, etag: ETag };
        }),
      );
    } catch (error) {
      if (isNamed(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  }

  async #write(
    key: InvoiceKey,
    invoice: Invoice,
    condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
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
      await orUnavailable(this.#client.send(command));
    } catch (error) {
      if (!wasFaster(error)) throw error;
      throw new RaceLost(`other writers of ${key.objectKey} were faster`, { cause: error });
    }
  }
}

/** 412: the object is another by now. 409: a writer is at it. 404: it was there when it was read, and was deleted. */
function wasFaster(error: unknown): boolean {
  return hasStatus(error, 412) || hasStatus(error, 409) || isNamed(error, 'NoSuchKey');
}
