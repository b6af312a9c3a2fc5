import { SNSClient } from '@aws-sdk/client-sns';
import { SnsNotifier } from '@coffee/adapter-sns';
import { OncePerOrder } from '@coffee/application';
import type { Bindings } from '../composition/module-of.ts';
import { tokens } from '../composition/tokens.ts';
import { clientOptions } from './client-options.ts';
import type { Environment } from './environment.ts';
import { required } from './environment.ts';

/**
 * `Notifier` on the topic `NOTIFICATIONS_TOPIC_ARN`; the notification log stands in front, SNS does not deduplicate.
 */
export function notifierBindings(environment: Environment): Bindings {
  const topicArn = required(environment, 'NOTIFICATIONS_TOPIC_ARN');
  return ({ bind }) => {
    bind(SNSClient)
      .toDynamicValue(() => new SNSClient(clientOptions))
      .inSingletonScope();
    bind(tokens.notifier)
      .toResolvedValue(
        (client, log) => new OncePerOrder(new SnsNotifier(client, { topicArn }), log),
        [SNSClient, tokens.notificationLog],
      )
      .inSingletonScope();
  };
}
