import type { S3Client } from '@aws-sdk/client-s3';
import { hasStatus } from '@coffee/aws-errors';
import type { Invoice, InvoiceKey, InvoiceLine } from '@coffee/domain';
import { assertLineBelongs, invoiceKeyOf, invoiceOf, isSameLine, parseInvoice, parseInvoiceLine } from '@coffee/domain';
import type { CallOptions, InvoiceStore } from '@coffee/ports';
import { Conflict, Damaged, isUnavailable, readBack, Unavailable } from '@coffee/ports';
import PQueue from 'p-queue';
import { RaceLost, retryLostRaces } from './retry-lost-races.ts';
import type { Condition } from './s3-objects.ts';
import { S3Objects } from './s3-objects.ts';

/** Which bucket, and how patient a call is. */
export interface S3InvoiceStoreOptions {
  readonly bucketName: string;
  /**
   * How long `add` tries again when other writers are faster, before it gives up as `Unavailable`. Defaults to 12 seconds,
   * well below the 20 that the workflow gives the task.
   */
  readonly patienceMilliseconds?: number;
  /**
   * How long `prepare` goes on reading lines, or trying again, before it keeps what it has and gives up as `Unavailable`.
   * Defaults to 15 seconds, which leaves the last requests half of the 29 that API Gateway gives a query.
   */
  readonly preparationMilliseconds?: number;
  /** How many lines are read or written at once. Defaults to 50, as many as the SDK's client has connections. */
  readonly concurrency?: number;
}

/** Lines by the names of their objects. */
type Lines = ReadonlyMap<string, InvoiceLine>;

/** The invoice's object as it was read: its text, the lines in it, and what a write over it depends on. */
interface Compiled {
  readonly text?: string;
  readonly lines: Lines;
  readonly condition: Condition;
}

/** The name of an invoice's object, like `2026/11/a0.json`. */
export function objectNameOf({ objectKey }: Pick<InvoiceKey, 'objectKey'>): string {
  return `${objectKey}.json`;
}

/** What the names of an invoice's lines begin with. It ends with a slash, so that `a0` does not find the lines of `a0.b`. */
const linesOf = ({ objectKey }: InvoiceKey): string => `lines/${objectKey}/`;

const lineNameOf = (key: InvoiceKey, orderid: string): string => `${linesOf(key)}${encodeURIComponent(orderid)}.json`;

/**
 * Invoices in S3: an object for each line, written once, and an object for the invoice that links serve. The invoice's
 * object is compiled from the lines by `prepare`, and may be deleted at any time.
 */
export class S3InvoiceStore implements InvoiceStore {
  readonly #objects: S3Objects;
  readonly #patience: number;
  readonly #preparation: number;
  readonly #concurrency: number;

  constructor(client: S3Client, options: S3InvoiceStoreOptions) {
    const { bucketName, patienceMilliseconds = 12_000, preparationMilliseconds = 15_000, concurrency = 50 } = options;
    this.#objects = new S3Objects(client, bucketName);
    this.#patience = patienceMilliseconds;
    this.#preparation = preparationMilliseconds;
    this.#concurrency = concurrency;
  }

  async add(line: InvoiceLine, options?: CallOptions): Promise<void> {
    const key = invoiceKeyOf(line.order);
    if (await this.#writeLine(key, line, options)) return;
    throw new Conflict(`order ${line.orderid} is on invoice ${key.objectKey} with other content`);
  }

  get(key: InvoiceKey, options?: CallOptions): Promise<Invoice | undefined> {
    return retryLostRaces(async () => {
      const { lines: compiled } = await this.#readCompiled(key, options);
      const lines = new Map(compiled);
      const missing = (await this.#objects.list(linesOf(key), options)).filter((name) => !lines.has(name));
      await this.#forEach(missing, async (name) => void lines.set(name, await this.#readLine(key, name, options)));
      return lines.size === 0 ? undefined : invoiceOf(key, [...lines.values()]);
    }, this.#patience);
  }

  /**
   * Compiles the invoice's object. When there are more new lines than can be read in time, it keeps those that were read,
   * so that the next call goes on from there.
   */
  prepare(key: InvoiceKey, options?: CallOptions): Promise<boolean> {
    const end = performance.now() + this.#preparation;
    const inTime = () => {
      if (performance.now() < end) return;
      throw new Unavailable(`invoice ${key.objectKey} has more new lines than can be read at once; ask again`);
    };
    const read = new Map<string, InvoiceLine>();
    let asked: readonly string[] | undefined; // the lines there were when the call began

    return retryLostRaces(async () => {
      const { text, lines: compiled, condition } = await this.#readCompiled(key, options);
      if (asked?.every((name) => compiled.has(name))) return true; // by the writer that was faster
      const names = await this.#objects.list(linesOf(key), options);
      const listed = new Set(names);
      const bare = [...compiled].filter(([name]) => !listed.has(name));
      asked ??= [...names, ...bare.map(([name]) => name)];

      // Earlier versions kept lines in the invoice's object alone; they get objects first, since that one may be deleted.
      await this.#forEach(bare, async ([name, line]) => {
        inTime();
        if (await this.#writeLine(key, line, options)) return;
        throw new Damaged(`invoice ${key.objectKey} and the object ${name} differ`);
      });
      const missing = names.filter((name) => !compiled.has(name) && !read.has(name));
      const unfinished = await this.#forEach(missing, async (name) => {
        inTime();
        read.set(name, await this.#readLine(key, name, options));
      }).catch(unavailability);

      const lines = new Map([...read, ...compiled]);
      const current = JSON.stringify(invoiceOf(key, [...lines.values()]));
      if (lines.size > 0 && current !== text) await this.#writeCompiled(key, current, condition, options);
      if (unfinished !== undefined) throw unfinished;
      return lines.size > 0;
    }, this.#preparation);
  }

  async #readCompiled(key: InvoiceKey, options?: CallOptions): Promise<Compiled> {
    const stored = await this.#objects.read(objectNameOf(key), options);
    if (stored === undefined) return { lines: new Map(), condition: { IfNoneMatch: '*' } };
    const { text, etag } = stored;
    const invoice = readBack(`invoice ${key.objectKey}`, () => parseInvoice(JSON.parse(text)));
    const lines = new Map(invoice.lines.map((line) => [lineNameOf(key, line.orderid), line]));
    return { text, lines, condition: { IfMatch: etag } };
  }

  #writeCompiled(key: InvoiceKey, text: string, condition: Condition, options?: CallOptions): Promise<void> {
    const { accountid, period } = key;
    const Metadata = { accountid, billingperiod: `${period.year}-${period.month}` };
    return this.#objects.write(objectNameOf(key), text, { ...condition, Metadata }, options);
  }

  async #readLine(key: InvoiceKey, name: string, options?: CallOptions): Promise<InvoiceLine> {
    const stored = await this.#objects.read(name, options);
    if (stored === undefined) throw new RaceLost(`${name} was deleted meanwhile`);
    return readBack(`invoice line ${name}`, () => {
      const line = parseInvoiceLine(JSON.parse(stored.text));
      assertLineBelongs(key, line);
      if (lineNameOf(key, line.orderid) !== name) throw new Error(`it is the line of order ${line.orderid}`);
      return line;
    });
  }

  /** Writes the object of a line, unless it is there. False when it is there with other content. */
  #writeLine(key: InvoiceKey, line: InvoiceLine, options?: CallOptions): Promise<boolean> {
    const name = lineNameOf(key, line.orderid);
    return retryLostRaces(async () => {
      try {
        await this.#objects.write(name, JSON.stringify(line), { IfNoneMatch: '*' }, options);
        return true;
      } catch (error) {
        if (!(error instanceof RaceLost && hasStatus(error.cause, 412))) throw error;
        return isSameLine(await this.#readLine(key, name, options), line);
      }
    }, this.#patience);
  }

  /** Runs a task for each item, many at once. The first that fails keeps the rest from starting. */
  async #forEach<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
    const queue = new PQueue({ concurrency: this.#concurrency });
    try {
      await queue.addAll(items.map((item) => () => task(item)));
    } finally {
      queue.clear();
    }
  }
}

/** What kept an invoice from being finished, where progress is worth keeping; anything else is thrown. */
function unavailability(error: unknown): Unavailable {
  if (isUnavailable(error)) return error;
  throw error;
}
