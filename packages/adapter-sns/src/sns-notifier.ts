import type { SNSClient } from '@aws-sdk/client-sns';
import { PublishCommand } from '@aws-sdk/client-sns';
import { orUnavailable, sendOptions } from '@coffee/aws-errors';
import type { Notification } from '@coffee/domain';
import type { CallOptions, Notifier } from '@coffee/ports';

/**
 * Publishes to an SNS topic. The attributes are the message's, for subscription filters; the order id travels beside them
 * as `orderid`. A standard topic does not deduplicate, and e-mail needs a standard topic: put a `NotificationLog` in front.
 */
export class SnsNotifier implements Notifier {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, options: { readonly topicArn: string }) {
    this.#client = client;
    this.#topicArn = options.topicArn;
  }

  async publish({ id, subject, text, attributes }: Notification, options?: CallOptions): Promise<void> {
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
    await orUnavailable('SNS', this.#client.send(command, sendOptions(options)), options);
  }
}
