import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { orUnavailable } from '@coffee/aws-errors';
import type { InvoiceKey } from '@coffee/domain';
import type { CallOptions, Clock, InvoiceLink, InvoiceLinks } from '@coffee/ports';
import { abortable, Unavailable } from '@coffee/ports';
import { objectNameOf } from './s3-invoice-store.ts';

const defaultLifetime = 15 * 60_000;

/** Which bucket, and how long links live. */
export interface S3InvoiceLinksOptions {
  readonly bucketName: string;
  readonly clock?: Clock;
  /** Whole seconds. Defaults to 15 minutes, which is also the most where the end of the credentials is not known. */
  readonly lifetimeMilliseconds?: number;
}

/**
 * Links signed with the client's credentials (SigV4), which S3 checks. Signing asks no service. A signature dies with the
 * credentials that made it, so a link never says that it lives longer than they do. `Unavailable` when they have expired.
 */
export class S3InvoiceLinks implements InvoiceLinks {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #clock: Clock;
  readonly #lifetime: number;

  constructor(client: S3Client, options: S3InvoiceLinksOptions) {
    const { bucketName, clock = () => Date.now(), lifetimeMilliseconds = defaultLifetime } = options;
    this.#client = client;
    this.#bucket = bucketName;
    this.#clock = clock;
    this.#lifetime = lifetimeMilliseconds;
  }

  link(key: InvoiceKey, options: CallOptions = {}): Promise<InvoiceLink> {
    return abortable(options, () => this.#sign(key));
  }

  async #sign(key: InvoiceKey): Promise<InvoiceLink> {
    const { year, month } = key.period;
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: objectNameOf(key),
      ResponseContentType: 'application/json',
      ResponseContentDisposition: `attachment; filename="invoice-${year}-${month}-${key.accountid}.json"`,
    });
    // A signature counts in whole seconds from the second it was made in.
    const signed = Math.floor(this.#clock() / 1000);
    const { expiration } = await orUnavailable('S3', this.#client.config.credentials());
    const end = expiration?.getTime() ?? signed * 1000 + defaultLifetime;
    const expires = Math.floor(Math.min(signed * 1000 + this.#lifetime, end) / 1000);
    if (expires <= signed) throw new Unavailable('S3: the credentials have expired', { withoutEffect: true });
    const url = await orUnavailable(
      'S3',
      getSignedUrl(this.#client, command, { expiresIn: expires - signed, signingDate: new Date(signed * 1000) }),
    );
    return { url, expiresAt: new Date(expires * 1000).toISOString() };
  }
}
