import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PlacedOrder } from '@coffee/domain';
import { isSamePlacedOrder } from '@coffee/domain';
import type { OrderRepository, PutOutcome } from '@coffee/ports';
import { Conflict } from '@coffee/ports';
import { itemInTheWay } from './condition-check.ts';
import { orUnavailable } from './or-unavailable.ts';
import { fromItem, toItem } from './order-item.ts';

/** Holds where this order is the newest of its key. Strings compare by their bytes, which ids and times are made for. */
const isNewest =
  'attribute_not_exists(accountid) OR orderid <> :orderid AND ' +
  '(acceptedAt < :acceptedAt OR acceptedAt = :acceptedAt AND orderid < :orderid)';

/** Orders in DynamoDB: one item a primary key, the newest order in it. */
export class DynamoDBOrderRepository implements OrderRepository {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(client: DynamoDBDocumentClient, options: { readonly tableName: string }) {
    this.#client = client;
    this.#tableName = options.tableName;
  }

  async put(placed: PlacedOrder): Promise<PutOutcome> {
    const { orderid, acceptedAt } = placed;
    const command = new PutCommand({
      TableName: this.#tableName,
      Item: toItem(placed),
      ConditionExpression: isNewest,
      ExpressionAttributeValues: { ':orderid': orderid, ':acceptedAt': acceptedAt },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await orUnavailable(this.#client.send(command));
      return 'stored';
    } catch (error) {
      const present = fromItem(itemInTheWay(error));
      if (present.orderid !== orderid) return 'superseded';
      if (isSamePlacedOrder(present, placed)) return 'stored';
      throw new Conflict(`order ${orderid} is stored with other content`, { cause: present });
    }
  }

  async get(accountid: string, vendorid: string): Promise<PlacedOrder | undefined> {
    const command = new GetCommand({
      TableName: this.#tableName,
      Key: { accountid, vendorid },
      ConsistentRead: true,
    });
    const { Item } = await orUnavailable(this.#client.send(command));
    return Item === undefined ? undefined : fromItem(Item);
  }
}
