const padded = (value: number, places = 2) => String(value).padStart(places, '0');

/** The time of day on this machine, like `09:30:00.123`. */
export function localTime(date: Date): string {
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => padded(part)).join(':');
  return `${time}.${padded(date.getMilliseconds(), 3)}`;
}

/** Date and time on this machine's clock, like `2026-11-24 09:30:00`. */
export function localDateTime(date: Date): string {
  const day = [padded(date.getFullYear(), 4), padded(date.getMonth() + 1), padded(date.getDate())].join('-');
  return `${day} ${localTime(date).slice(0, 8)}`;
}

/** A length of time as a person says it, like `34 ms`, `2.9 s` or `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = `${Math.floor(seconds / 60)} min`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${seconds % 60} s`;
}
