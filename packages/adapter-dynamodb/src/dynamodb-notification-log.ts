import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isNamed, orUnavailable, sendOptions } from '@coffee/aws-errors';
import type { BeginOutcome, CallOptions, Clock, NotificationLog } from '@coffee/ports';
import { itemInTheWay } from './condition-check.ts';

/** Which table, and how long an attempt and its memory last. */
export interface DynamoDBNotificationLogOptions {
  readonly tableName: string;
  readonly clock?: Clock;
  /** How long a sender has before another may try. Defaults to 60 seconds. */
  readonly leaseMilliseconds?: number;
  /**
   * How long an order is remembered after its last `begin` or `finish`. Defaults to 92 days: Step Functions can redrive
   * an execution for 14 days, and gives its name, the order id, to another only 90 days after it closed: while an
   * order can be announced again, what is done is still known.
   */
  readonly retentionMilliseconds?: number;
}

const day = 24 * 60 * 60 * 1000;

/** True if no attempt was made, if the lease of an unfinished one is over, and for an expired item. */
const isFree =
  'attribute_not_exists(orderid) OR expiresAt <= :seconds OR attribute_not_exists(finishedAt) AND leasedUntil <= :now';

/**
 * The notification log in DynamoDB: one item an order, removed by the table's time to live. An item that is past
 * `expiresAt` counts as removed: DynamoDB may take days to remove it, and answers must not depend on that.
 */
export class DynamoDBNotificationLog implements NotificationLog {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;
  readonly #clock: Clock;
  readonly #lease: number;
  readonly #retention: number;

  constructor(client: DynamoDBDocumentClient, options: DynamoDBNotificationLogOptions) {
    const {
      tableName,
      clock = () => Date.now(),
      leaseMilliseconds = 60_000,
      retentionMilliseconds = 92 * day,
    } = options;
    this.#client = client;
    this.#tableName = tableName;
    this.#clock = clock;
    this.#lease = leaseMilliseconds;
    this.#retention = retentionMilliseconds;
  }

  async begin(orderid: string, options?: CallOptions): Promise<BeginOutcome> {
    const now = this.#clock();
    // The SDK repeats a call whose answer was lost: by its name an attempt knows its own grant.
    const attempt = crypto.randomUUID();
    const command = new UpdateCommand({
      TableName: this.#tableName,
      Key: { orderid },
      UpdateExpression: 'SET attempt = :attempt, leasedUntil = :until, expiresAt = :expiresAt REMOVE finishedAt',
      ConditionExpression: isFree,
      ExpressionAttributeValues: {
        ':attempt': attempt,
        ':now': now,
        ':seconds': Math.floor(now / 1000),
        ':until': now + this.#lease,
        ':expiresAt': this.#expiry(now),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await this.#send(command, options);
      return 'granted';
    } catch (error) {
      const present = itemInTheWay(error);
      if (present.finishedAt !== undefined) return 'done';
      return present.attempt === attempt ? 'granted' : 'busy';
    }
  }

  async finish(orderid: string, options?: CallOptions): Promise<void> {
    const now = this.#clock();
    const command = new UpdateCommand({
      TableName: this.#tableName,
      Key: { orderid },
      UpdateExpression: 'SET finishedAt = :now, expiresAt = :expiresAt REMOVE attempt, leasedUntil',
      ExpressionAttributeValues: { ':now': now, ':expiresAt': this.#expiry(now) },
    });
    await this.#send(command, options);
  }

  async release(orderid: string, options?: CallOptions): Promise<void> {
    const command = new UpdateCommand({
      TableName: this.#tableName,
      Key: { orderid },
      UpdateExpression: 'SET leasedUntil = :over REMOVE attempt',
      ConditionExpression: 'attribute_exists(leasedUntil) AND attribute_not_exists(finishedAt)',
      ExpressionAttributeValues: { ':over': 0 },
    });
    try {
      await this.#send(command, options);
    } catch (error) {
      if (!isNamed(error, 'ConditionalCheckFailedException')) throw error; // done, or never begun
    }
  }

  #send(command: UpdateCommand, options?: CallOptions): Promise<unknown> {
    return orUnavailable('DynamoDB', this.#client.send(command, sendOptions(options)), options);
  }

  /** Time to live is counted in whole seconds since 1970. */
  #expiry(now: number): number {
    return Math.ceil((now + this.#retention) / 1000);
  }
}
