/** How long something is still good for. */
export interface TimeLeft {
  readonly seconds: number;
  /** Minutes and seconds, `14:05`; with hours where there are some. */
  readonly text: string;
  readonly expired: boolean;
}

/** The time left until `expiresAt` (ISO 8601) at `now` (milliseconds since 1970 UTC), in whole seconds, never below 0. */
export function timeLeft(expiresAt: string, now: number): TimeLeft {
  const seconds = Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const text = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return { seconds, text, expired: seconds === 0 };
}
