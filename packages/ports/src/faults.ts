import { Unavailable } from './errors.ts';

/** A way for one call to fail on purpose. */
export type Fault =
  | { readonly kind: 'unavailable-before' }
  | { readonly kind: 'unavailable-after' }
  | { readonly kind: 'slow'; readonly wait: () => Promise<void> };

/** The call rejects with `Unavailable` and has no effect. */
export const unavailableBefore = (): Fault => ({ kind: 'unavailable-before' });

/** The call has its effect and rejects with `Unavailable` anyway, as when an answer is lost. */
export const unavailableAfter = (): Fault => ({ kind: 'unavailable-after' });

/** The call waits for this many milliseconds, or for a promise of the test's own, and then proceeds. */
export const slow = (wait: number | (() => Promise<void>)): Fault => ({
  kind: 'slow',
  wait: typeof wait === 'function' ? wait : () => new Promise((resolve) => setTimeout(resolve, wait)),
});

/** Tells {@link withFaults} which calls fail: {@link Faults}, or your own. */
export interface FaultScript {
  /** Called for every call of a method; returns its fault. */
  take(method: string): Fault | undefined;
}

type Method<Port> = Extract<keyof Port, string>;

/** The script of a port's faults, method by method, and a count of its calls. */
export class Faults<Port extends object> implements FaultScript {
  readonly #next = new Map<string, Fault[]>();
  readonly #always = new Map<string, Fault>();
  readonly #calls = new Map<string, number>();

  /** Makes the next calls of the method fail, one fault each; then calls go through again. */
  next(method: Method<Port>, ...faults: readonly Fault[]): this {
    this.#next.set(method, [...(this.#next.get(method) ?? []), ...faults]);
    return this;
  }

  /** Makes every call of the method fail, after those of {@link next}, until {@link clear}. */
  always(method: Method<Port>, fault: Fault): this {
    this.#always.set(method, fault);
    return this;
  }

  /** Lets every call through from now on. */
  clear(): this {
    this.#next.clear();
    this.#always.clear();
    return this;
  }

  /** How often the method has been called, failed calls included. */
  calls(method: Method<Port>): number {
    return this.#calls.get(method) ?? 0;
  }

  /** Counts a call and takes its fault; for {@link withFaults}. */
  take(method: string): Fault | undefined {
    this.#calls.set(method, (this.#calls.get(method) ?? 0) + 1);
    return this.#next.get(method)?.shift() ?? this.#always.get(method);
  }
}

type AnyMethod = (...parameters: readonly unknown[]) => unknown;

/**
 * The same port, failing on purpose as the script says, so that callers can test their retries. Calls without a fault
 * go straight through. Only the port's own methods can fail: what every object has (`toString`, …) is left alone.
 */
export function withFaults<Port extends object>(port: Port, faults: FaultScript): Port {
  const failing = new Map<string, { readonly method: AnyMethod; readonly call: AnyMethod }>();
  return new Proxy(port, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function' || typeof property !== 'string' || property in Object.prototype) {
        return member;
      }
      const method = member as AnyMethod;
      let known = failing.get(property);
      if (known?.method !== method) {
        const call = (...parameters: readonly unknown[]) =>
          failOrCall(property, faults, () => Reflect.apply(method, target, parameters));
        known = { method, call };
        failing.set(property, known);
      }
      return known.call;
    },
  });
}

async function failOrCall(method: string, faults: FaultScript, call: () => unknown): Promise<unknown> {
  const fault = faults.take(method);
  if (fault?.kind === 'unavailable-before') {
    throw new Unavailable(`${method} failed on purpose before its effect`, { cause: fault });
  }
  if (fault?.kind === 'slow') await fault.wait();
  const result = await call();
  if (fault?.kind === 'unavailable-after') {
    throw new Unavailable(`${method} failed on purpose after its effect`, { cause: fault });
  }
  return result;
}
