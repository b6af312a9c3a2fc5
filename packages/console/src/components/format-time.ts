const second = new Intl.DateTimeFormat('en', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A moment (milliseconds since 1970 UTC) in the reader's time zone: `Nov 24, 2026, 09:30:00`. */
export const formatDateTime = (at: number): string => second.format(at);

/** The time of day with milliseconds: `09:30:00.123`. */
export const formatClock = (at: number): string => clock.format(at);

/** A length of time in milliseconds: `12 ms`, `1.25 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const rounded = Math.max(0, Math.round(milliseconds));
  if (rounded < 1000) return `${rounded} ms`;
  if (rounded < 60_000) return `${(rounded / 1000).toFixed(2)} s`;
  return `${Math.floor(rounded / 60_000)} min ${Math.floor((rounded % 60_000) / 1000)} s`;
}

/** `November 2026` */
export const formatMonth = (period: { readonly year: number; readonly month: number }): string =>
  month.format(Date.UTC(period.year, period.month - 1, 1));

/** How long something remains valid. */
export interface TimeLeft {
  readonly seconds: number;
  /** Minutes and seconds, `14:05`, after hours if there are any. */
  readonly text: string;
  readonly expired: boolean;
}

/** The time left at `now` (milliseconds since 1970 UTC) until `expiresAt` (ISO 8601), in whole seconds, never below 0. */
export function timeLeft(expiresAt: string, now: number): TimeLeft {
  const seconds = Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clockface = `${minutes}:${twoDigits(seconds % 60)}`;
  const text = hours > 0 ? `${hours}:${clockface.padStart(5, '0')}` : clockface;
  return { seconds, text, expired: seconds === 0 };
}
