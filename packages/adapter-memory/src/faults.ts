import type { Fault } from './fault.ts';

/** The names of the methods of a port. */
export type MethodName<T> = {
  [K in keyof T]: T[K] extends (...parameters: never[]) => unknown ? K : never;
}[keyof T];

/** The script of what goes wrong with a port, and the count of its calls. See `withFaults`. */
export class Faults<T extends object> {
  readonly #queues = new Map<MethodName<T>, Fault[]>();
  readonly #standing = new Map<MethodName<T>, Fault>();
  readonly #calls = new Map<MethodName<T>, number>();

  /** One fault for each of the next calls of a method, behind those already queued. They come before `always`. */
  next(method: MethodName<T>, ...faults: readonly Fault[]): this {
    this.#queues.set(method, [...(this.#queues.get(method) ?? []), ...faults]);
    return this;
  }

  /** A fault for every call of a method, until `clear`. */
  always(method: MethodName<T>, fault: Fault): this {
    this.#standing.set(method, fault);
    return this;
  }

  /** Takes all faults back; the counts stay. */
  clear(): this {
    this.#queues.clear();
    this.#standing.clear();
    return this;
  }

  /** How often a method was called, with a fault or without. */
  calls(method: MethodName<T>): number {
    return this.#calls.get(method) ?? 0;
  }

  /** Counts a call and takes its fault, for `withFaults`. */
  take(method: MethodName<T>): Fault | undefined {
    this.#calls.set(method, this.calls(method) + 1);
    return this.#queues.get(method)?.shift() ?? this.#standing.get(method);
  }
}
