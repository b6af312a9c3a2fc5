import { AnnounceOrder } from '@coffee/application';
import { NotifyHandler } from '../handlers/notify-handler.ts';
import type { Bindings } from './module-of.ts';
import { tokens } from './tokens.ts';

/** `notify` on the `Notifier`. */
export const notifyBindings: Bindings = ({ bind }) => {
  bind(AnnounceOrder)
    .toResolvedValue((notifier) => new AnnounceOrder(notifier), [tokens.notifier])
    .inSingletonScope();
  bind(NotifyHandler).toSelf().inSingletonScope();
};
