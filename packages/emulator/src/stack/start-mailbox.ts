import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { ConfirmSubscriptionCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Mail, MailPage } from '@coffee/api';
import type { Listening } from '../servers/listen.ts';
import { listen } from '../servers/listen.ts';

/** What SNS posts to a subscriber by HTTP: first a request to confirm the subscription, then each message. */
interface Posted {
  readonly Type: 'SubscriptionConfirmation' | 'Notification';
  readonly Token: string;
  readonly Subject?: string;
  readonly Message: string;
  readonly Timestamp: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
}

function toMail({ Subject = '', Message, Timestamp, MessageAttributes }: Posted, sequence: number): Mail {
  const value = (name: string) => MessageAttributes?.[name]?.Value ?? '';
  return {
    id: value('orderid'),
    subject: Subject,
    text: Message,
    attributes: {
      eventtype: JSON.parse(value('eventtype') || '[]') as string[],
      accountid: value('accountid'),
      vendorid: value('vendorid'),
    },
    sentAt: Timestamp,
    sequence,
  };
}

/**
 * Subscribes to the topic by HTTP, beside its other subscribers, and serves what arrives as the embedded runtime does:
 * `GET ?orderid=…` answers a page with every delivery, so that a message sent twice is seen twice.
 */
export async function startMailbox(TopicArn: string): Promise<Listening> {
  const sns = new SNSClient();
  const mails: Mail[] = [];
  const confirmed = Promise.withResolvers<void>();
  const receive = async (request: IncomingMessage): Promise<void> => {
    const posted = (await json(request)) as Posted;
    if (posted.Type === 'Notification') {
      mails.unshift(toMail(posted, mails.length + 1));
    } else {
      await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: posted.Token }));
      confirmed.resolve();
    }
  };
  const { url: origin, close } = await listen((request, response) => {
    if (request.method === 'POST') {
      receive(request).then(
        () => response.end(),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
      return;
    }
    const orderid = new URL(request.url ?? '', 'http://localhost').searchParams.get('orderid');
    const page: MailPage = { mails: mails.filter(({ id }) => orderid === null || id === orderid) };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(page));
  });
  const url = `${origin}/mailbox`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: url }));
  await confirmed.promise;
  return { url, close: () => close().finally(() => sns.destroy()) };
}
