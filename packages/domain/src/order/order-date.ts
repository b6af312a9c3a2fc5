/** Every real day from 2000 to 2099: in those years each fourth is a leap year. */
const day =
  '20(?:[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))' +
  '|(?:[02468][048]|[13579][26])-02-29)';
const time = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?';
const offset = '(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?';

/**
 * An order date: a day of the years 2000 to 2099, a blank, `T` or `t`, a time with up to nine places of a second, and
 * optionally `Z`, `z` or an offset. So Python prints `datetime.now()` and `datetime.now(timezone.utc)`, and so RFC 3339 writes dates.
 */
export const orderDatePattern = new RegExp(`^${day}[ Tt]${time}${offset}$`);

/** Tells whether a text is an order date, which is always a real day of the calendar. */
export function isOrderDate(text: string): boolean {
  return orderDatePattern.test(text);
}
