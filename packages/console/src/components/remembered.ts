const keyOf = (name: string): string => `coffee-console:${name}`;

/** What was remembered under a name. `undefined` when there is nothing, or when storage is switched off. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a text, or forgets it with `undefined`. With storage switched off, a choice lasts until the page is left. */
export function remember(name: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), text);
  } catch {
    // Storage is switched off.
  }
}
