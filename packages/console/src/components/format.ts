import type { Order } from '@coffee/domain';

const second = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A time (ISO 8601, or milliseconds since 1970 UTC) in the reader's time zone: `Nov 24, 2026, 09:30:00`. */
export const formatDateTime = (at: string | number): string => second.format(new Date(at));

/** The time of day (of a time in ISO 8601) with milliseconds: `09:30:00.123`. */
export const formatClock = (at: string): string => clock.format(new Date(at));

/** A length of time in milliseconds: `12 ms`, `1.25 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const rounded = Math.max(0, Math.round(milliseconds));
  if (rounded < 1000) return `${rounded} ms`;
  if (rounded < 60_000) return `${(rounded / 1000).toFixed(2)} s`;
  return `${Math.floor(rounded / 60_000)} min ${Math.floor((rounded % 60_000) / 1000)} s`;
}

/** How long an execution ran, from its dates in seconds; a dash until it has ended. */
export const formatRun = (startDate: number, stopDate: number | undefined): string =>
  stopDate === undefined ? '–' : formatDuration((stopDate - startDate) * 1000);

/** `November 2026` */
export const formatMonth = (period: { readonly year: number; readonly month: number }): string =>
  month.format(Date.UTC(period.year, period.month - 1, 1));

/**
 * The time left at `now` (milliseconds since 1970 UTC) until `expiresAt` (ISO 8601), in whole seconds, never below 0. The
 * text has minutes and seconds, `14:05`, after hours if there are any.
 */
export function timeLeft(expiresAt: string, now: number) {
  const seconds = Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clockface = `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
  const text = hours > 0 ? `${hours}:${clockface.padStart(5, '0')}` : clockface;
  return { seconds, text, expired: seconds === 0 };
}

/** What was ordered: `2 × Flat White, Medium`. */
export const formatCoffee = ({ details: { quantity, coffeetype, coffeesize } }: Pick<Order, 'details'>): string =>
  `${quantity} × ${coffeetype}, ${coffeesize}`;
