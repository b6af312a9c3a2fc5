const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A different character, chosen so that the value differs however it is decoded: in base64 the highest of the six bits
 * changes (the lowest bits of a last character mean nothing), and never just the case of a letter.
 */
export function otherCharacter(character: string): string {
  const index = base64url.indexOf(character);
  return index < 0 ? 'x' : base64url.charAt(index ^ 32);
}

/**
 * The URL with one character of its decoded query changed, in a name or a value; `position` counts through all of them
 * and wraps around. Without a position the query is only re-encoded, and means the same.
 */
export function withQueryChanged(url: string, position?: number): string {
  const changed = new URL(url);
  const texts = [...changed.searchParams].flat();
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  let left = position === undefined || total === 0 ? Number.POSITIVE_INFINITY : position % total;
  const written = texts.map((text) => {
    const here = left;
    left -= text.length;
    const hit = here >= 0 && here < text.length;
    const value = hit ? text.slice(0, here) + otherCharacter(text.charAt(here)) + text.slice(here + 1) : text;
    return encodeURIComponent(value);
  });
  const pairs = written.flatMap((name, index) => (index % 2 === 0 ? [`${name}=${written[index + 1] ?? ''}`] : []));
  changed.search = pairs.join('&');
  return changed.href;
}
