import type { Notification } from '@coffee/domain';
import type { Notifier } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';

/** Where mail goes: an SMTP URL, like `smtp://127.0.0.1:1025`, and the two addresses. */
export interface SmtpOptions {
  readonly url: string;
  readonly from: string;
  readonly to: string;
}

/** Sends each notification by SMTP. SMTP cannot deduplicate, so `OncePerOrder` stands in front of it. */
export class SmtpNotifier implements Notifier {
  readonly #transport: Transporter;
  readonly #options: SmtpOptions;

  constructor(options: SmtpOptions) {
    this.#transport = createTransport(options.url);
    this.#options = options;
  }

  async publish({ id, subject, text, attributes }: Notification): Promise<void> {
    const { from, to } = this.#options;
    const headers = {
      'X-Coffee-Event-Type': attributes.eventtype.join(', '),
      'X-Coffee-Account': attributes.accountid,
    };
    try {
      await this.#transport.sendMail({ from, to, subject, text, headers, messageId: `<${id}@coffee-orders>` });
    } catch (error) {
      throw new Unavailable(`the SMTP server did not take the mail of order ${id}`, { cause: error });
    }
  }
}
