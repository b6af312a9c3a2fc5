import type { Notification } from '@coffee/domain';
import { describe, expect, it } from 'vitest';
import type { CallOptions } from '../call.ts';
import { abortable } from '../call.ts';
import { Unavailable } from '../errors.ts';
import { notifierContract } from './index.ts';

/** A provider that does not deduplicate, but keeps every other promise. */
notifierContract(
  {
    adapter: 'a provider that cannot deduplicate',
    create: async () => {
      const delivered: Notification[] = [];
      const publish = (notification: Notification, options: CallOptions = {}) =>
        abortable(options, async () => void delivered.push(notification));
      return { notifier: { publish }, received: async () => delivered, dispose: () => {} };
    },
    createUnavailable: async () => {
      const publish = () =>
        Promise.reject(new Unavailable('gone', { cause: new Error('ECONNREFUSED'), withoutEffect: true }));
      return { notifier: { publish }, received: async () => [], dispose: () => {} };
    },
    deviations: { deduplicates: 'it keeps no ids' },
    limits: { runs: 4, concurrency: 5, seed: 1 },
  },
  { describe, it, expect },
);
