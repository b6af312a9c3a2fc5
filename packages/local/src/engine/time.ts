/** What the engine knows of time: a simulation brings its own. */
export interface Time {
  /** Milliseconds since 1970 UTC. Never goes back. */
  now(): number;
  /** Calls after this many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, call: () => void): () => void;
}

/** `setTimeout` takes no more than this. */
const longestTimeout = 2 ** 31 - 1;

/** The time of this machine, which goes on at its own pace while the wall clock is set back. */
export function systemTime(): Time {
  let last = Date.now();
  let read = performance.now();
  return {
    now() {
      const elapsed = performance.now() - read;
      read += elapsed;
      last = Math.max(Date.now(), last + elapsed);
      return Math.floor(last);
    },
    after(milliseconds, call) {
      const timer = setTimeout(call, Math.min(milliseconds, longestTimeout));
      return () => clearTimeout(timer);
    },
  };
}
