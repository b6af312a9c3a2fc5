import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ServiceIdentifier } from 'inversify';
import type { Bindings } from '../composition/module-of.ts';
import { clientOptions } from './client-options.ts';

/**
 * The name of the client that the adapters of DynamoDB share. Its class cannot be one: the constructor is protected.
 */
export const documentClient = Symbol.for('@aws-sdk/lib-dynamodb') as ServiceIdentifier<DynamoDBDocumentClient>;

/** Binds the client of DynamoDB. */
export const dynamoDBBindings: Bindings = ({ bind }) => {
  bind(documentClient)
    .toDynamicValue(() => DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions)))
    .inSingletonScope();
};
