import { setImmediate } from 'node:timers/promises';
import type { Time } from '../engine/tasks.ts';

interface Timer {
  readonly at: number;
  readonly call: () => void;
}

/** A virtual clock, and a random source that decides what comes next. The same seed decides the same. */
export class Scheduler implements Time {
  #now = Date.UTC(2026, 10, 25);
  #state: number;
  readonly #timers: Timer[] = [];

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  now(): number {
    return Math.floor(this.#now);
  }

  /** From 0 to 1, without 1 (Mulberry32). */
  readonly random = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  after(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, milliseconds), call };
    this.#timers.push(timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.after(milliseconds, resolve));
  }

  /** Lets everything run that can, then moves to the next timer, one of those due at random; false when none is left. */
  async step(): Promise<boolean> {
    await setImmediate();
    if (this.#timers.length === 0) return false;
    const at = Math.min(...this.#timers.map((timer) => timer.at));
    const due = this.#timers.filter((timer) => timer.at <= at);
    const next = due[Math.floor(this.random() * due.length)] as Timer;
    this.#timers.splice(this.#timers.indexOf(next), 1);
    this.#now = Math.max(this.#now, next.at);
    next.call();
    return true;
  }
}
