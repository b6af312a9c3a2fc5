import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { orUnavailable, sendOptions } from '@coffee/aws-errors';
import type { PlacedOrder } from '@coffee/domain';
import { isSamePlacedOrder, parsePlacedOrder, toInstant } from '@coffee/domain';
import type { CallOptions, OrderRepository, PutOutcome } from '@coffee/ports';
import { Conflict, readBack } from '@coffee/ports';
import type { Item } from './condition-check.ts';
import { itemInTheWay } from './condition-check.ts';

/** True if this order is the newest of its key. Strings compare by their bytes, which ids and times are made for. */
const isNewest =
  'attribute_not_exists(accountid) OR orderid <> :orderid AND ' +
  '(acceptedAt < :acceptedAt OR acceptedAt = :acceptedAt AND orderid < :orderid)';

/** The seed's attributes at the top of the item, beside them what the domain added. */
const toItem = ({ order, ...added }: PlacedOrder): Item => ({ ...order, ...added });

/** The order of an item. Attributes that someone else added are left out. */
function fromItem(item: Item): PlacedOrder {
  const { orderid, acceptedAt, total, currency, invoice, ...order } = item;
  return readBack(`the order of account ${item.accountid} at vendor ${item.vendorid}`, () =>
    parsePlacedOrder({ orderid, acceptedAt, order, total, currency, invoice }),
  );
}

/** Orders in DynamoDB: one item a primary key, the newest order in it. */
export class DynamoDBOrderRepository implements OrderRepository {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(client: DynamoDBDocumentClient, options: { readonly tableName: string }) {
    this.#client = client;
    this.#tableName = options.tableName;
  }

  async put(given: PlacedOrder, options?: CallOptions): Promise<PutOutcome> {
    const placed = { ...given, acceptedAt: toInstant(given.acceptedAt) };
    const { orderid, acceptedAt } = placed;
    const command = new PutCommand({
      TableName: this.#tableName,
      Item: toItem(placed),
      ConditionExpression: isNewest,
      ExpressionAttributeValues: { ':orderid': orderid, ':acceptedAt': acceptedAt },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await orUnavailable('DynamoDB', this.#client.send(command, sendOptions(options)), options);
      return 'stored';
    } catch (error) {
      const present = fromItem(itemInTheWay(error));
      if (present.orderid !== orderid) return 'superseded';
      if (isSamePlacedOrder(present, placed)) return 'stored';
      throw new Conflict(`order ${orderid} is stored with other content`, { cause: present });
    }
  }

  async get(accountid: string, vendorid: string, options?: CallOptions): Promise<PlacedOrder | undefined> {
    const command = new GetCommand({
      TableName: this.#tableName,
      Key: { accountid, vendorid },
      ConsistentRead: true,
    });
    const { Item } = await orUnavailable('DynamoDB', this.#client.send(command, sendOptions(options)), options);
    return Item === undefined ? undefined : fromItem(Item);
  }
}
