import { OncePerOrder } from '@coffee/application';
import type { Notification } from '@coffee/domain';
import { tokens } from '@coffee/lambdas';
import type { CallOptions, Notifier } from '@coffee/ports';
import { abortable, Unavailable } from '@coffee/ports';
import { ContainerModule } from 'inversify';
import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';

/** Where e-mail goes: an SMTP URL, like `smtp://127.0.0.1:1025`, and the two addresses. */
export interface SmtpOptions {
  readonly url: string;
  readonly from: string;
  readonly to: string;
}

/** Sends each notification by SMTP, which cannot deduplicate: `OncePerOrder` goes in front of it. */
class SmtpNotifier implements Notifier {
  readonly #transport: Transporter;
  readonly #options: SmtpOptions;

  constructor(options: SmtpOptions) {
    this.#transport = createTransport(options.url);
    this.#options = options;
  }

  publish({ id, subject, text, attributes }: Notification, options: CallOptions = {}): Promise<void> {
    const { from, to } = this.#options;
    const headers = {
      'X-Coffee-Event-Type': attributes.eventtype.join(', '),
      'X-Coffee-Account': attributes.accountid,
    };
    return abortable(options, async () => {
      try {
        await this.#transport.sendMail({ from, to, subject, text, headers, messageId: `<${id}@coffee-orders>` });
      } catch (error) {
        throw new Unavailable(`the SMTP server did not take the message of order ${id}`, { cause: error });
      }
    });
  }
}

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
export function smtpModule(options: SmtpOptions): ContainerModule {
  return new ContainerModule(({ onActivation }) => {
    onActivation(tokens.notifier, (context, mailbox) => {
      const log = context.get(tokens.notificationLog);
      return new CopyingNotifier(new OncePerOrder(new SmtpNotifier(options), log), mailbox);
    });
  });
}
