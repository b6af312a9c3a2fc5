import { dynamoDBBindings } from '../aws/dynamodb-bindings.ts';
import { notificationLogBindings } from '../aws/notification-log-bindings.ts';
import { notifierBindings } from '../aws/notifier-bindings.ts';
import { containerOf } from '../composition/container-of.ts';
import { moduleOf } from '../composition/module-of.ts';
import { notifyBindings } from '../composition/notify-bindings.ts';
import { NotifyHandler } from '../handlers/notify-handler.ts';
import { observeTask } from '../observability/observe-task.ts';

const container = containerOf(
  moduleOf(notifyBindings, notifierBindings(process.env), dynamoDBBindings, notificationLogBindings(process.env)),
);

export const handler = observeTask('notify', 'MailsSent', container.get(NotifyHandler).handle);
