import type { ArrivedMail, Execution, HistoryEvent } from '@coffee/ports';

/** What happens in this process: an execution starts, ends or is redriven; a state is entered, retried or left; a mail arrives. */
export type LiveEvent =
  | { readonly kind: 'execution'; readonly execution: Execution }
  | { readonly kind: 'history'; readonly orderid: string; readonly index: number; readonly event: HistoryEvent }
  | { readonly kind: 'mail'; readonly mail: ArrivedMail };

type Listener = (event: LiveEvent) => void;

/** Hands what happens to whoever listens. Nothing is kept: who comes later reads what is there. */
export class LiveEvents {
  readonly #listeners = new Set<Listener>();
  #since = Number.POSITIVE_INFINITY;
  #onFirst: () => void = () => undefined;

  /** Whether anyone is subscribed: events cost nothing while no one is. */
  get wanted(): boolean {
    return this.#listeners.size > 0;
  }

  /** When the first subscriber came, in milliseconds since 1970 UTC; `Infinity` while there is none. */
  get since(): number {
    return this.#since;
  }

  /** Is called whenever the first listener comes: what was not told so far must be told from now on. */
  set onFirst(call: () => void) {
    this.#onFirst = call;
  }

  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Listens until the function it returns is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#since = Date.now();
      this.#onFirst();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#since = Number.POSITIVE_INFINITY;
    };
  }
}
