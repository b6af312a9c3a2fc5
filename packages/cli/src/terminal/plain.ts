/**
 * Text from a server as one line that a terminal can be trusted with: control characters (escape sequences among them)
 * and the marks that reorder a line are left out, line breaks become blanks.
 */
export function plain(text: unknown): string {
  return String(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}
