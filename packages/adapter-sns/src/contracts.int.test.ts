import { notifierContract } from '@coffee/ports/contracts';
import { describe, expect, it } from 'vitest';
import { SnsNotifier } from './index.ts';
import { createTopic, unreachableTopic } from './test-support/topics.ts';

notifierContract(
  {
    adapter: 'by SNS',
    create: async () => {
      const { client, topicArn, subscribe, dispose } = await createTopic();
      return { notifier: new SnsNotifier(client, { topicArn }), received: await subscribe(), dispose };
    },
    createUnavailable: async () => {
      const { client, topicArn, dispose } = unreachableTopic();
      return { notifier: new SnsNotifier(client, { topicArn }), received: async () => [], dispose };
    },
    deviations: {
      deduplicates: 'a standard topic delivers what is published twice; put a NotificationLog in front (OncePerOrder)',
    },
  },
  { describe, it, expect },
);
