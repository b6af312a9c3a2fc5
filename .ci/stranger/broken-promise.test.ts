import { abortable } from '@coffee/ports';
import type { NotificationLogOptions } from '@coffee/ports/contracts';
import { notificationLogContract } from '@coffee/ports/contracts';
import { ownNotificationLog } from './own-adapters.ts';
import { runner } from './runner.ts';

// The control: this adapter breaks one promise, so its suite must fail.

const create = async ({ clock, leaseMilliseconds }: NotificationLogOptions) => {
  const log = ownNotificationLog(clock, leaseMilliseconds);
  const release: typeof log.release = (_orderid, options = {}) => abortable(options, async () => {});
  return { log: { ...log, release }, dispose: () => {} };
};
notificationLogContract(
  { adapter: 'that releases nothing', create, deviations: { unavailable: 'a map is always there' } },
  runner,
);
