import { useState } from 'react';

/** How a table is shown. */
export interface TablePreferences {
  readonly pageSize: number;
  readonly wrapLines: boolean;
  /** The columns in the order chosen; a column that is not among them comes last. */
  readonly display: readonly { readonly id: string; readonly visible: boolean }[];
}

const defaults: TablePreferences = { pageSize: 20, wrapLines: false, display: [] };

/** Every column of a table with its place and whether it is shown. */
export function displayOf(columns: readonly { readonly id: string }[], { display }: TablePreferences) {
  const known = display.filter(({ id }) => columns.some((column) => column.id === id));
  const others = columns.filter(({ id }) => !known.some((column) => column.id === id));
  return [...known, ...others.map(({ id }) => ({ id, visible: true }))];
}

/** The preferences of a table, remembered under its name. */
export function useTablePreferences(name: string): [TablePreferences, (next: TablePreferences) => void] {
  const key = `coffee-console:table:${name}`;
  const [preferences, setPreferences] = useState<TablePreferences>(() => {
    try {
      return { ...defaults, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<TablePreferences>) };
    } catch {
      return defaults; // storage that is switched off, or spoilt
    }
  });
  const set = (next: TablePreferences): void => {
    setPreferences(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage is switched off: the preferences hold until the page is left.
    }
  };
  return [preferences, set];
}
