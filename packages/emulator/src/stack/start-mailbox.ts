import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** A message of the topic as `GET /mailbox` of the embedded runtime shows a mail. */
interface Mail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly attributes: { readonly eventtype: readonly string[]; readonly accountid: string; readonly vendorid: string };
}

/** What SNS puts into a queue that did not ask for raw messages. */
interface Envelope {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Value: string }>>;
}

/** A mailbox that answers at a URL until it is closed. */
export interface RunningMailbox {
  readonly url: string;
  close(): Promise<void>;
}

function toMail({ Subject, Message, MessageAttributes }: Envelope): Mail {
  const value = (name: string) => MessageAttributes[name]?.Value ?? '';
  return {
    id: value('orderid'),
    subject: Subject,
    text: Message,
    attributes: {
      eventtype: JSON.parse(value('eventtype')) as string[],
      accountid: value('accountid'),
      vendorid: value('vendorid'),
    },
  };
}

/** Lets only the topic send to the queue. */
const fromTopic = (topicArn: string, queueArn: string | undefined) => ({
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

/**
 * Subscribes a queue to the topic, beside its other subscribers, and serves what arrives: `GET ?orderid=…` answers
 * `{ mails }` with every delivery, so that a message sent twice is seen twice.
 */
export async function startMailbox(topicArn: string): Promise<RunningMailbox> {
  const [sns, sqs] = [new SNSClient(), new SQSClient()];
  const QueueName = `mailbox-${crypto.randomUUID()}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Endpoint = Attributes?.QueueArn;
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(fromTopic(topicArn, Endpoint)) } }),
  );
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint, ReturnSubscriptionArn: true }));

  const mails: Mail[] = [];
  const closing = new AbortController();
  const receive = async (): Promise<void> => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3600 });
    const { Messages = [] } = await sqs.send(command, { abortSignal: closing.signal });
    mails.push(...Messages.map(({ Body = '' }) => toMail(JSON.parse(Body) as Envelope)));
    if (Messages.length > 0) await receive();
  };
  // One reader at a time: a request waits for the reading before it, then reads what has come since.
  let reading = Promise.resolve();
  const server = createServer((request, response) => {
    reading = reading.then(receive);
    reading.then(
      () => {
        const orderid = new URL(request.url ?? '', 'http://localhost').searchParams.get('orderid');
        const found = mails.filter(({ id }) => orderid === null || id === orderid);
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ mails: found }));
      },
      (error: unknown) => {
        reading = Promise.resolve();
        response.writeHead(500).end(String(error));
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mailbox`,
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      sns.destroy();
      sqs.destroy();
    },
  };
}
