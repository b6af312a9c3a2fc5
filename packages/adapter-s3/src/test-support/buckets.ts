import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';

/** A new bucket for a test, and a client to use it. `dispose` empties and deletes it. */
export interface Bucket {
  readonly client: S3Client;
  readonly bucketName: string;
  dispose(): Promise<void>;
}

/** A bucket as the README defines it, on the service that the SDK's variables name. */
export async function createBucket(): Promise<Bucket> {
  const client = new S3Client();
  const bucketName = `invoices-${crypto.randomUUID()}`;
  const Bucket = bucketName;
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const dispose = async () => {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
      const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (Objects.length === 0) break;
      await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    }
    await client.send(new DeleteBucketCommand({ Bucket }));
    client.destroy();
  };
  return { client, bucketName, dispose };
}

/** A bucket where nothing listens. */
export function unreachableBucket(): Bucket {
  const client = new S3Client({ endpoint: 'http://127.0.0.1:1', maxAttempts: 2 });
  return { client, bucketName: 'unreachable', dispose: async () => client.destroy() };
}

/** A request of a client: its command, the object it names, and how many bytes it writes. */
export interface SentRequest {
  readonly command: string;
  readonly name: string;
  readonly bytes: number;
}

/** Calls the hook before every request, those that the SDK repeats too. What the hook throws is the answer. */
export function beforeEachRequest(client: S3Client, hook: (sent: SentRequest) => void | Promise<void>): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (request) => {
        const { Key = '', Body = '' } = request.input as { readonly Key?: string; readonly Body?: unknown };
        await hook({ command: commandName.replace(/Command$/, ''), name: Key, bytes: Buffer.byteLength(String(Body)) });
        return next(request);
      },
    { step: 'finalizeRequest', priority: 'low' },
  );
}
