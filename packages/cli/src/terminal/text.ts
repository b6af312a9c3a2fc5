import { orderDateOf } from '@coffee/domain';

/**
 * Text from a server as one line that is safe to print: control characters (escape sequences among them) and the marks
 * that reorder a line are left out, line breaks become blanks.
 */
export function plain(text: unknown): string {
  return String(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** The local time of day, like `09:30:00.123`. */
export const localTime = (date: Date) => orderDateOf(date).slice(11, 23);

/** The local date and time, like `2026-11-24 09:30:00`. */
export const localDateTime = (date: Date) => orderDateOf(date).slice(0, 19);

/** The time as an order date: local, to the microsecond. */
export const now = () => orderDateOf(new Date(), Math.floor((performance.now() % 1) * 1000));

/** A length of time as people say it, like `34 ms`, `2.9 s` or `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = `${Math.floor(seconds / 60)} min`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${seconds % 60} s`;
}
