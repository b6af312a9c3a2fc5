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

/** A moment (milliseconds since 1970 UTC) on the clock of the reader: `Nov 24, 2026, 09:30:00`. */
export const formatDateTime = (at: number): string => second.format(at);

/** The time of the day with milliseconds: `09:30:00.123`. */
export const formatClock = (at: number): string => clock.format(at);

/** A length of time: `12 ms`, `1.25 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const rounded = Math.max(0, Math.round(milliseconds));
  if (rounded < 1000) return `${rounded} ms`;
  if (rounded < 60_000) return `${(rounded / 1000).toFixed(2)} s`;
  return `${Math.floor(rounded / 60_000)} min ${Math.floor((rounded % 60_000) / 1000)} s`;
}

/** `November 2026` */
export function formatMonth({ year, month }: { readonly year: number; readonly month: number }): string {
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1));
  return `${name} ${year}`;
}
