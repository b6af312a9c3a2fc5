/**
 * `YYYY-MM-DD HH:MM:SS[.ffffff]`, as Python's `str(datetime.now())` prints it, or ISO 8601 with `T`, up to nine places
 * of a second and an optional offset.
 */
export const orderDatePattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?: (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?|T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)$/;

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (daysOfMonth[month - 1] ?? 0);
}

/** Tells whether a text is an order date: one of the two forms, and a real day of the Gregorian calendar from year 1 on. */
export function isOrderDate(text: string): boolean {
  if (!orderDatePattern.test(text)) return false;
  const year = Number(text.slice(0, 4));
  return year >= 1 && Number(text.slice(8, 10)) <= daysIn(year, Number(text.slice(5, 7)));
}
