/**
 * Text from a server as one line that is safe to print: control characters (escape sequences among them) and the marks
 * that reorder a line are left out, line breaks become blanks.
 */
export function plain(text: unknown): string {
  return String(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

const padded = (value: number, places = 2) => String(value).padStart(places, '0');

/** The local time of day, like `09:30:00.123`. */
export function localTime(date: Date): string {
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => padded(part)).join(':');
  return `${time}.${padded(date.getMilliseconds(), 3)}`;
}

/** The local date and time, like `2026-11-24 09:30:00`. */
export function localDateTime(date: Date): string {
  const day = [padded(date.getFullYear(), 4), padded(date.getMonth() + 1), padded(date.getDate())].join('-');
  return `${day} ${localTime(date).slice(0, 8)}`;
}

/** The local date and time to the microsecond, as Python's `str(datetime.datetime.now())` prints it. */
export function pythonDateTime(date: Date, microseconds = 0): string {
  return `${localDateTime(date)}.${padded(1000 * date.getMilliseconds() + microseconds, 6)}`;
}

/** A length of time as people say it, like `34 ms`, `2.9 s` or `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = `${Math.floor(seconds / 60)} min`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${seconds % 60} s`;
}
