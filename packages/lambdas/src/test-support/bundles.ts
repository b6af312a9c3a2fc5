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

const jose = `
  import { Logger } from '@aws-lambda-powertools/logger';
  import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
  export const jose = [new Logger(), createLocalJWKSet, decodeJwt, jwtVerify];
`;

/** For each function a module with its clients of the SDK, made, or the libraries that it cannot do without, and nothing else: what it would cost at the least. */
export const bareClients: Readonly<Record<string, string>> = {
  authorize: jose,
  'put-item': dynamodb,
  'put-object': s3,
  notify: dynamodb + sns,
  'get-item': dynamodb,
  'get-object': s3 + presigner,
};
