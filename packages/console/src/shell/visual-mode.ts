/** Light or dark. */
export type VisualMode = 'light' | 'dark';

const key = 'coffee-console:visual-mode';

/** The part of `localStorage` that is used. */
type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was chosen before; `undefined` follows the system. Storage that is switched off remembers nothing. */
export function rememberedMode(memory: Memory): VisualMode | undefined {
  try {
    const value = memory.getItem(key);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a choice, unless it is what the system says: then the page follows the system again. */
export function rememberMode(memory: Memory, chosen: VisualMode, system: VisualMode): void {
  try {
    if (chosen === system) memory.removeItem(key);
    else memory.setItem(key, chosen);
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
}
