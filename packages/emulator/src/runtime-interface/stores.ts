import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** The tables, the bucket and the topic of the functions, made for one test file. */
export interface Stores {
  /** The variables that name them to the functions. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many items a table holds. */
  count(table: 'ORDERS_TABLE' | 'NOTIFICATION_LOG_TABLE'): Promise<number>;
  /** The names of the objects in the bucket. */
  objects(): Promise<string[]>;
  /**
   * The order ids of the messages that a subscriber of the topic has got; waits for the first, and for one too many.
   */
  received(): Promise<string[]>;
  dispose(): Promise<void>;
}

async function createTable(client: DynamoDBClient, name: string, keys: readonly string[]): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
      KeySchema: keys.map((key, index) => ({ AttributeName: key, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    }),
  );
}

/** Lets the topic send to the queue. */
function policyOf(topicArn: string, queueArn: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** Creates them where the variables of this process say AWS is. */
export async function createStores(): Promise<Stores> {
  const [dynamodb, s3, sns, sqs] = [new DynamoDBClient(), new S3Client(), new SNSClient(), new SQSClient()];
  const suffix = crypto.randomUUID();
  const [orders, log, bucket] = [`orders-${suffix}`, `log-${suffix}`, `invoices-${suffix}`];
  await createTable(dynamodb, orders, ['accountid', 'vendorid']);
  await createTable(dynamodb, log, ['orderid']);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `notifications-${suffix}` }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `notifications-${suffix}` }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const queueArn = Attributes?.QueueArn ?? '';
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: policyOf(TopicArn, queueArn) } }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn }));

  const environment = {
    ORDERS_TABLE: orders,
    NOTIFICATION_LOG_TABLE: log,
    INVOICES_BUCKET: bucket,
    NOTIFICATIONS_TOPIC_ARN: TopicArn,
  };
  return {
    environment,
    async count(table) {
      return (await dynamodb.send(new ScanCommand({ TableName: environment[table], Select: 'COUNT' }))).Count ?? 0;
    },
    async objects() {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key = '' }) => Key);
    },
    async received() {
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
      const receive = async () => (await sqs.send(command)).Messages ?? [];
      let messages = await receive();
      for (let waited = 1; messages.length === 0 && waited < 20; waited += 1) messages = await receive();
      messages.push(...(await receive()));
      return messages.map(({ Body = '' }) => JSON.parse(Body).MessageAttributes.orderid.Value);
    },
    async dispose() {
      await dynamodb.send(new DeleteTableCommand({ TableName: orders }));
      await dynamodb.send(new DeleteTableCommand({ TableName: log }));
      await sns.send(new DeleteTopicCommand({ TopicArn }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      for (const client of [dynamodb, s3, sns, sqs]) client.destroy();
    },
  };
}
