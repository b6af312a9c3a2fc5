import type { Metafile } from 'esbuild';
import type { Bundle } from '../bundling/bundle.ts';
import { bundle } from '../bundling/bundle.ts';

const made = new Map<string, Promise<Bundle>>();

/** The bundle of a function, made once for the tests of a file. */
export function functionBundle(name: string): Promise<Bundle> {
  const present = made.get(name);
  if (present !== undefined) return present;
  const making = bundle({ file: `src/functions/${name}.ts` });
  made.set(name, making);
  return making;
}

/**
 * What of a bundle is whose: the packages and the files of this package that have bytes in it, by esbuild's account.
 */
export function contentsOf({ outputs }: Metafile): { packages: string[]; files: string[] } {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return {
    packages: [...new Set(inputs.flatMap(packageOf))].sort(),
    files: inputs.filter((path) => path.startsWith('src/')).sort(),
  };
}

function packageOf(path: string): string[] {
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (installed !== undefined) return [installed];
  const workspace = /^\.\.\/([^/]+)\//.exec(path)?.[1];
  return workspace === undefined ? [] : [`@coffee/${workspace}`];
}

const dynamodb = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
  export const dynamodb = [DynamoDBDocumentClient.from(new DynamoDBClient()), GetCommand, PutCommand, UpdateCommand];
`;
const s3 = `
  import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
  export const s3 = [new S3Client(), GetObjectCommand, HeadObjectCommand, PutObjectCommand];
`;
const presigner = `export { getSignedUrl } from '@aws-sdk/s3-request-presigner';`;
const sns = `
  import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
  export const sns = [new SNSClient(), PublishCommand];
`;

/** For each function a module with its clients of the SDK, made, and nothing else: what it would cost at the least. */
export const bareClients: Readonly<Record<string, string>> = {
  'put-item': dynamodb,
  'put-object': s3,
  notify: dynamodb + sns,
  'get-item': dynamodb,
  'get-object': s3 + presigner,
};
