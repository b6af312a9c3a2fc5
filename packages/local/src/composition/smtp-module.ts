import { OncePerOrder } from '@coffee/application';
import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import { CopyingNotifier } from '../mail/copying-notifier.ts';
import type { SmtpOptions } from '../mail/smtp-notifier.ts';
import { SmtpNotifier } from '../mail/smtp-notifier.ts';

/** Puts an SMTP server before the mailbox, once an order. Loaded after a module that binds the ports. */
export function smtpModule(options: SmtpOptions): ContainerModule {
  return new ContainerModule(({ onActivation }) => {
    onActivation(tokens.notifier, (context, mailbox) => {
      const log = context.get(tokens.notificationLog);
      return new CopyingNotifier(new OncePerOrder(new SmtpNotifier(options), log), mailbox);
    });
  });
}
