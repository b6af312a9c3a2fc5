import { SNSClient } from '@aws-sdk/client-sns';
import { SnsNotifier } from '@coffee/adapter-sns';
import { OncePerOrder } from '@coffee/application';
import { ContainerModule } from 'inversify';
import { tokens } from '../composition/container.ts';
import { publishOptions } from './client-options.ts';
import type { Environment } from './environment.ts';
import { required } from './environment.ts';

/** Notifications on the topic `NOTIFICATIONS_TOPIC_ARN`, behind the notification log: SNS does not deduplicate. */
export const snsModule = (environment: Environment): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const topicArn = required(environment, 'NOTIFICATIONS_TOPIC_ARN');
    bind(tokens.notifier)
      .toResolvedValue(
        (log) => new OncePerOrder(new SnsNotifier(new SNSClient(publishOptions), { topicArn }), log),
        [tokens.notificationLog],
      )
      .inSingletonScope();
  });
