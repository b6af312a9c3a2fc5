import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { hasStatus, isNamed, orUnavailable, sendOptions } from '@coffee/aws-errors';
import type { CallOptions } from '@coffee/ports';
import { RaceLost } from './retry-lost-races.ts';

/** The text of an object, and the mark of this version of it. */
export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

/** What a write depends on: that the object is still the one that was read, or that there is none. */
export type Condition = Required<Pick<PutObjectCommandInput, 'IfMatch'>> | { readonly IfNoneMatch: '*' };

/** The JSON objects of a bucket, with the errors of the ports. */
export class S3Objects {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucketName: string) {
    this.#client = client;
    this.#bucket = bucketName;
  }

  async read(name: string, options?: CallOptions): Promise<StoredText | undefined> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: name });
    const answer = this.#client.send(command, sendOptions(options)).then(async ({ Body, ETag }) => {
      if (Body === undefined || ETag === undefined) throw new TypeError('S3 answered without a body or an ETag');
      return { text: await Body.transformToString(), etag: ETag };
    });
    try {
      return await orUnavailable('S3', answer, options);
    } catch (error) {
      if (isNamed(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  }

  /** @throws RaceLost when the condition does not hold, or another write is in progress. */
  async write(
    name: string,
    text: string,
    { Metadata, ...condition }: Condition & Pick<PutObjectCommandInput, 'Metadata'>,
    options?: CallOptions,
  ): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: name,
      Body: text,
      ContentType: 'application/json',
      Metadata,
      ...condition,
    });
    try {
      await orUnavailable('S3', this.#client.send(command, sendOptions(options)), options);
    } catch (error) {
      if (!wasFaster(error)) throw error;
      throw new RaceLost(`other writers of ${name} were faster`, { cause: error });
    }
  }

  /** The names of the JSON objects under a prefix, however many pages they take. */
  async list(prefix: string, options?: CallOptions): Promise<string[]> {
    const input = { Bucket: this.#bucket, Prefix: prefix };
    const pages = async () => {
      const names: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client: this.#client },
        input,
        sendOptions(options),
      )) {
        for (const { Key } of Contents) if (Key?.endsWith('.json')) names.push(Key);
      }
      return names;
    };
    return orUnavailable('S3', pages(), options);
  }
}

/** 412: the object changed since it was read. 409: another write is in progress. 404: it was deleted since it was read. */
function wasFaster(error: unknown): boolean {
  return hasStatus(error, 412) || hasStatus(error, 409) || isNamed(error, 'NoSuchKey');
}
