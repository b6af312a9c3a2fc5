import { AnnounceOrder } from '@coffee/application';
import type { PlacedOrder } from '@coffee/domain';
import { dynamoDBModule } from '../aws/dynamodb-module.ts';
import { snsModule } from '../aws/sns-module.ts';
import { containerOf } from '../composition/container.ts';
import { announceOrderModule } from '../composition/use-case-modules.ts';
import { observeTask } from '../observability/observe.ts';

const modules = [announceOrderModule, dynamoDBModule(process.env), snsModule(process.env)];
const announceOrder = containerOf(...modules).get(AnnounceOrder);

/** `task_notify`: sends one e-mail through the topic. */
export const handler = observeTask('notify', (event: PlacedOrder) => announceOrder.execute(event));
