import { OncePerOrder } from '@coffee/application';
import type { Notification } from '@coffee/domain';
import { tokens } from '@coffee/lambdas';
import type { CallOptions, Notifier } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import { ContainerModule } from 'inversify';
import PQueue from 'p-queue';
import type { SmtpNotifier } from './smtp-notifier.ts';
import { maxConnections } from './smtp-notifier.ts';

/** Publishes to one notifier, then to the other: by SMTP, with a copy in the mailbox. */
class CopyingNotifier implements Notifier {
  readonly #first: Notifier;
  readonly #copy: Notifier;

  constructor(first: Notifier, copy: Notifier) {
    this.#first = first;
    this.#copy = copy;
  }

  async publish(notification: Notification, options?: CallOptions): Promise<void> {
    await this.#first.publish(notification, options);
    await this.#copy.publish(notification, options);
  }
}

/** Sends each order once by SMTP before the mailbox gets it. Loaded after a module that binds the ports. */
export function smtpModule(smtp: SmtpNotifier): ContainerModule {
  const queue = new PQueue({ concurrency: maxConnections });

  /** Leaves the queue when the signal is aborted; what has had its turn keeps it until the server has answered. */
  function inTurn(send: () => Promise<void>, { signal }: CallOptions): Promise<void> {
    const waiting = new AbortController();
    const leave = () =>
      waiting.abort(new Unavailable('No connection became free.', { cause: signal?.reason, withoutEffect: true }));
    signal?.addEventListener('abort', leave);
    const sending = () => {
      signal?.removeEventListener('abort', leave);
      return send();
    };
    return queue.add(sending, { signal: waiting.signal });
  }

  return new ContainerModule(({ onActivation }) => {
    onActivation(tokens.notifier, (context, mailbox) => {
      const log = context.get(tokens.notificationLog);
      return new CopyingNotifier(new OncePerOrder(smtp, log, { inTurn }), mailbox);
    });
  });
}
