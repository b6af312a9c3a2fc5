import { setTimeout } from 'node:timers/promises';

/** One server-sent event: its name and its data, parsed. */
export interface ReceivedEvent {
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** A client of `GET /events` that keeps everything it gets. */
export class EventReader {
  readonly events: ReceivedEvent[] = [];
  /** What came besides events: the retry time, comments. */
  readonly asides: string[] = [];
  readonly headers: Headers;
  /** Settles when the server has ended the stream. */
  readonly ended: Promise<void>;
  readonly #abort: AbortController;

  private constructor(response: Response, abort: AbortController) {
    this.headers = response.headers;
    this.#abort = abort;
    this.ended = this.#read(response).catch((error: unknown) => {
      if (!abort.signal.aborted && (error as Error).name !== 'TypeError') throw error;
    });
  }

  static async open(origin: string, headers: Record<string, string> = {}): Promise<EventReader> {
    const abort = new AbortController();
    return new EventReader(await fetch(`${origin}/events`, { headers, signal: abort.signal }), abort);
  }

  /** The first event that fits; waits for it, 10 seconds at most. */
  async until(fits: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent> {
    for (let waited = 0; waited < 10_000; waited += 5) {
      const found = this.events.find(fits);
      if (found !== undefined) return found;
      await setTimeout(5);
    }
    throw new Error(`no such event among ${JSON.stringify(this.events)}`);
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  async #read(response: Response): Promise<void> {
    let text = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const match = /^event: (\w+)\ndata: (.+)$/.exec(block);
    if (match === null) this.asides.push(block);
    else this.events.push({ name: match[1] ?? '', data: JSON.parse(match[2] ?? '') as Record<string, unknown> });
  }
}
