import type { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isNamed } from '@coffee/aws-errors';

/** An item as the document client reads it. */
export type Item = Record<string, NativeAttributeValue>;

/**
 * The item that stood in the way of a conditional write made with `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`, read
 * at no cost. The document client leaves errors as they are, so it is translated here.
 *
 * @throws the given error when it is any other.
 */
export function itemInTheWay(error: unknown): Item {
  const { Item: item } = error as ConditionalCheckFailedException;
  if (!isNamed(error, 'ConditionalCheckFailedException') || item === undefined) throw error;
  return unmarshall(item);
}
