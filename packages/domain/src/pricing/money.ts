/**
 * An amount of money in whole minor units of its currency (cents of AUD, yen of JPY, fils of KWD): a non-negative safe
 * integer. Money is never a float inside the domain.
 */
export type MinorUnits = number;

const places = new Map<string, number>();

/**
 * How many decimal places a currency has: 2 for AUD, 0 for JPY, 3 for KWD. `Intl` knows them from CLDR, which has
 * fewer than ISO 4217 for some (0 for HUF, IDR and IQD). A code that `Intl` does not know has 2.
 *
 * @throws RangeError when the text is not three letters.
 */
export function decimalPlacesOf(currency: string): number {
  let known = places.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    places.set(currency, known);
  }
  return known;
}

/**
 * Reads a decimal string with at most the places of the currency (`"3.5"`, `"3.50"` and `"4"` for AUD, `"800"` for JPY)
 * as minor units.
 *
 * @throws RangeError for any other text (a sign, an exponent, a space, a leading zero, a place too many) and for an
 * amount beyond the safe integers.
 */
export function parseMoney(text: string, currency: string): MinorUnits {
  const digits = decimalPlacesOf(currency);
  const [, whole = '', fraction = ''] = /^(0|[1-9]\d{0,15})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  if (whole === '' || fraction.length > digits || !Number.isSafeInteger(amount)) {
    const rule = digits === 0 ? 'a whole number' : `a decimal string with at most ${digits} places`;
    throw new RangeError(`An amount of ${currency} must be ${rule}, not ${JSON.stringify(text)}.`);
  }
  return amount;
}

/**
 * Writes minor units as a decimal string with the places of the currency: 800 is `"8.00"` AUD, `"800"` JPY and
 * `"0.800"` KWD. {@link parseMoney} reads every amount back.
 *
 * @throws RangeError when the amount is not a non-negative safe integer.
 */
export function formatMoney(amount: MinorUnits, currency: string): string {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new RangeError(`An amount must be a non-negative whole number of minor units, not ${amount}.`);
  }
  const digits = decimalPlacesOf(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Every way to write an amount: as a number, and as a decimal string with or without its trailing zeros. */
export function spellingsOf(amount: string, currency: string): { readonly number: number; readonly texts: string[] } {
  const text = formatMoney(parseMoney(amount, currency), currency);
  const texts = [text];
  for (let shorter = text; shorter.includes('.') && /[.0]$/.test(shorter); ) {
    shorter = shorter.slice(0, -1);
    if (!shorter.endsWith('.')) texts.push(shorter);
  }
  return { number: Number(text), texts };
}
