import type { SNSClient } from '@aws-sdk/client-sns';
import { PublishCommand } from '@aws-sdk/client-sns';
import { orUnavailable } from '@coffee/aws-errors';
import type { Notification } from '@coffee/domain';
import type { CallOptions, Notifier } from '@coffee/ports';
import { abortable, isUnavailable, Unavailable } from '@coffee/ports';

/**
 * Publishes to an SNS topic. The attributes are the message's, for subscription filters; the order id travels beside them
 * as `orderid`. A standard topic does not deduplicate, and e-mail needs a standard topic: put a `NotificationLog` in front,
 * and give the client one attempt: what the SDK publishes again because an answer was late or lost, the log never sees.
 * A signal is heeded until the message is handed to the client.
 */
export class SnsNotifier implements Notifier {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, options: { readonly topicArn: string }) {
    this.#client = client;
    this.#topicArn = options.topicArn;
  }

  async publish({ id, subject, text, attributes }: Notification, options: CallOptions = {}): Promise<void> {
    const { eventtype, accountid, vendorid } = attributes;
    const command = new PublishCommand({
      TopicArn: this.#topicArn,
      Subject: subject,
      Message: text,
      MessageAttributes: {
        eventtype: { DataType: 'String.Array', StringValue: JSON.stringify(eventtype) },
        accountid: { DataType: 'String', StringValue: accountid },
        vendorid: { DataType: 'String', StringValue: vendorid },
        orderid: { DataType: 'String', StringValue: id },
      },
    });
    await abortable(options, async () => {}); // later it could not be known whether the message was sent
    await orUnavailable('SNS', this.#send(command)).catch((error) => {
      throw isUnavailable(error) && isNotSent(error.cause)
        ? new Unavailable(error.message, { cause: error.cause, withoutEffect: true })
        : error;
    });
  }

  async #send(command: PublishCommand): Promise<void> {
    try {
      await this.#client.send(command);
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined || status >= 300) throw error;
      throw new Unavailable('SNS: the answer cannot be read', { cause: error }); // it may well have been accepted
    }
  }
}

/** Codes of a connection that was never made. */
const unconnected = new Set<unknown>(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether a call that failed for now was certainly not carried out: without a connection, or refused by the service. */
function isNotSent(error: unknown): boolean {
  const { code, syscall, message } = Object(error) as NodeJS.ErrnoException;
  const status = statusOf(error);
  if (status !== undefined) return status >= 400 && status < 500;
  return unconnected.has(code) || syscall === 'connect' || /did not establish a connection/.test(message);
}

function statusOf(error: unknown): number | undefined {
  return (Object(error) as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
