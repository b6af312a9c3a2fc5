import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Message } from '@aws-sdk/client-sqs';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Notification } from '@coffee/domain';

/** A new topic for a test. `dispose` deletes it and the queues that were subscribed. */
export interface Topic {
  readonly client: SNSClient;
  readonly topicArn: string;
  /** Subscribes a queue, of the messages that pass the filter; returns what has arrived so far each time it is called. */
  subscribe(filterPolicy?: Readonly<Record<string, unknown>>): Promise<() => Promise<readonly Notification[]>>;
  dispose(): Promise<void>;
}

/** A topic on the service that the SDK's variables name. */
export async function createTopic(): Promise<Topic> {
  const client = new SNSClient();
  const sqs = new SQSClient();
  const { TopicArn: topicArn = '' } = await client.send(
    new CreateTopicCommand({ Name: `orders-${crypto.randomUUID()}` }),
  );
  const queues: string[] = [];

  const subscribe: Topic['subscribe'] = async (filterPolicy) => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `orders-${crypto.randomUUID()}` }));
    queues.push(QueueUrl);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const queueArn = Attributes?.QueueArn ?? '';
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queueArn,
          Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
        },
      ],
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await client.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: queueArn,
        Attributes: filterPolicy === undefined ? {} : { FilterPolicy: JSON.stringify(filterPolicy) },
      }),
    );
    const received: Notification[] = [];
    return async () => {
      received.push(...(await drain(sqs, QueueUrl)).map(notificationOf));
      return received;
    };
  };

  const dispose = async () => {
    await client.send(new DeleteTopicCommand({ TopicArn: topicArn }));
    for (const QueueUrl of queues) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    client.destroy();
    sqs.destroy();
  };
  return { client, topicArn, subscribe, dispose };
}

/** A topic where nothing listens. */
export function unreachableTopic(): Pick<Topic, 'client' | 'topicArn' | 'dispose'> {
  const client = new SNSClient({ endpoint: 'http://127.0.0.1:1', maxAttempts: 2 });
  return { client, topicArn: 'arn:aws:sns:us-east-1:000000000000:t', dispose: async () => client.destroy() };
}

async function drain(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return all;
    all.push(...Messages);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

/** Reads a notification back out of the envelope that SNS puts around a message. */
function notificationOf({ Body = '' }: Message): Notification {
  const { Subject, Message, MessageAttributes } = JSON.parse(Body) as {
    readonly Subject: string;
    readonly Message: string;
    readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
  };
  const attributeOf = (name: string, type: string): string => {
    const attribute = MessageAttributes[name];
    if (attribute?.Type !== type) throw new TypeError(`${name} is ${JSON.stringify(attribute)}, not a ${type}`);
    return attribute.Value;
  };
  return {
    id: attributeOf('orderid', 'String'),
    subject: Subject,
    text: Message,
    attributes: {
      eventtype: JSON.parse(attributeOf('eventtype', 'String.Array')) as string[],
      accountid: attributeOf('accountid', 'String'),
      vendorid: attributeOf('vendorid', 'String'),
    },
  };
}
