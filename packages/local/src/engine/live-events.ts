import type { ArrivedMail, ExecutionSummary, HistoryEvent } from '@coffee/ports';

/** An event: an execution starts, ends or is redriven; a state is entered, retried or left; a message arrives. */
export type LiveEvent =
  | { readonly kind: 'execution'; readonly execution: ExecutionSummary }
  | { readonly kind: 'history'; readonly orderid: string; readonly index: number; readonly event: HistoryEvent }
  | { readonly kind: 'mail'; readonly mail: ArrivedMail };

type Listener = (event: LiveEvent) => void;

/** Passes events on to listeners. Keeps nothing: a late listener reads the current state instead. */
export class LiveEvents {
  readonly #listeners = new Set<Listener>();
  /** Whether anyone is subscribed: events cost nothing while no one is. */
  wanted = false;
  /** When the first subscriber came, in milliseconds since 1970 UTC; `Infinity` while there is none. */
  since = Number.POSITIVE_INFINITY;
  /** Called whenever a first listener subscribes: from then on, every event must be told. */
  onFirst: () => void = () => undefined;
  /** Tells that a message has arrived, while anyone is subscribed: an option of mailboxes. */
  onMail: ((mail: ArrivedMail) => void) | undefined;

  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Subscribes until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.wanted) {
      this.wanted = true;
      this.since = Date.now();
      this.onMail = (mail) => this.tell({ kind: 'mail', mail });
      this.onFirst();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.wanted = false;
      this.since = Number.POSITIVE_INFINITY;
      this.onMail = undefined;
    };
  }
}
