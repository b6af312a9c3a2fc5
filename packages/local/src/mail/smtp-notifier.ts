import { Readable } from 'node:stream';
import type { Notification } from '@coffee/domain';
import type { CallOptions, Notifier } from '@coffee/ports';
import { NotificationRefused, Unavailable } from '@coffee/ports';
import { createTransport } from 'nodemailer';

/** How long the server may take, in milliseconds. */
export interface SmtpTimeouts {
  /** From the connection to the answer to DATA. */
  readonly command: number;
  /** For each answer; so from the end of the message until it is accepted or refused. */
  readonly accept: number;
}

/** Where e-mail goes. */
export interface SmtpOptions {
  /** Like `smtp://127.0.0.1:1025`, or `smtps://user:password@mail.example.com`. */
  readonly url: string;
  readonly from: string;
  readonly to: string;
  /** Defaults to those of RFC 5321, 4.5.3.2: 5 minutes for commands, and 10 until a message is accepted. */
  readonly timeouts?: SmtpTimeouts;
}

/** Used one after the other by all messages. */
export const maxConnections = 5;

const minute = 60_000;
const rfc5321: SmtpTimeouts = { command: 5 * minute, accept: 10 * minute };

/** The lease of the notification log: longer than the longest send, in milliseconds. */
export function leaseOf({ timeouts = rfc5321 }: Pick<SmtpOptions, 'timeouts'> = {}): number {
  return ((timeouts.command + timeouts.accept) * 4) / 3;
}

/** What nodemailer says of an answer of the server. */
interface SmtpError extends Error {
  readonly response?: string;
  readonly responseCode?: number;
  readonly permanent?: boolean;
}

/**
 * Sends each notification by SMTP, which cannot deduplicate: `OncePerOrder` goes in front of it. A signal aborts a message
 * until its text is handed over, which the server takes as not sent. From then on the server may accept it, and its answer
 * is awaited.
 */
export class SmtpNotifier implements Notifier {
  readonly #transport: ReturnType<typeof pool>;
  readonly #options: SmtpOptions;
  readonly #timeouts: SmtpTimeouts;
  /** What to do when the server asks for the text of a message, by the signal that cuts it. */
  readonly #handOver = new WeakMap<AbortSignal, () => void>();

  constructor(options: SmtpOptions) {
    this.#options = options;
    this.#timeouts = options.timeouts ?? rfc5321;
    this.#transport = pool(options.url, this.#timeouts);
    this.#transport.use('stream', (mail, done) => {
      const handOver = mail.data.signal && this.#handOver.get(mail.data.signal);
      if (handOver) mail.message?.processFunc((text) => Readable.from(lazily(text, handOver), { objectMode: false }));
      done();
    });
  }

  async publish({ id, subject, text, attributes }: Notification, { signal }: CallOptions = {}): Promise<void> {
    const { from, to } = this.#options;
    const cutting = new AbortController();
    let handedOver = false;
    const cut = () => {
      if (!handedOver) cutting.abort();
    };
    this.#handOver.set(cutting.signal, () => {
      cutting.signal.throwIfAborted();
      if (handedOver) throw new Error('a message is handed over once'); // the outcome of the first is open
      handedOver = true;
    });
    const timer = setTimeout(cut, this.#timeouts.command);
    signal?.addEventListener('abort', cut);
    if (signal?.aborted) cut();
    const headers = {
      'X-Coffee-Event-Type': attributes.eventtype.join(', '),
      'X-Coffee-Account': attributes.accountid,
    };
    const messageId = `<${id}@coffee-orders>`;
    try {
      await this.#transport.sendMail({ from, to, subject, text, headers, messageId, signal: cutting.signal });
    } catch (error) {
      const { message, response, responseCode, permanent } = error as SmtpError;
      const words = `the SMTP server did not take the message of order ${id}: ${response ?? message}`;
      if (permanent) throw new NotificationRefused(words, { cause: error });
      const cause = cutting.signal.aborted && signal?.aborted ? signal.reason : error;
      throw new Unavailable(words, { cause, withoutEffect: !handedOver || responseCode !== undefined });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
    }
  }

  /** Cuts what is being sent, and closes the connections. */
  close(): void {
    this.#transport.close({ force: true });
  }
}

function pool(url: string, { command, accept }: SmtpTimeouts) {
  return createTransport({
    url,
    pool: true,
    maxConnections,
    maxMessages: Number.POSITIVE_INFINITY,
    connectionTimeout: command,
    greetingTimeout: command,
    socketTimeout: accept,
  });
}

/** The same text; nodemailer begins to read it once the server has answered DATA. */
async function* lazily(text: Readable, handOver: () => void): AsyncGenerator<Uint8Array> {
  handOver();
  yield* text;
}
