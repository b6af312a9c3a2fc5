const padded = (value: number, places = 2) => String(value).padStart(places, '0');

/** Now on this machine's clock, to the microsecond, as Python's `str(datetime.datetime.now())` prints it. */
export function pythonNow(millisecondsSince1970 = performance.timeOrigin + performance.now()): string {
  const now = new Date(millisecondsSince1970);
  const microseconds = Math.floor((millisecondsSince1970 % 1000) * 1000);
  const day = `${now.getFullYear()}-${padded(now.getMonth() + 1)}-${padded(now.getDate())}`;
  const time = `${padded(now.getHours())}:${padded(now.getMinutes())}:${padded(now.getSeconds())}`;
  return `${day} ${time}.${padded(microseconds, 6)}`;
}
