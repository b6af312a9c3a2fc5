import { stripVTControlCharacters } from 'node:util';

/** A column: its heading, and on which side its cells stand. */
export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

const gap = '  ';

const widthOf = (text: string) => [...stripVTControlCharacters(text)].length;

function pad(text: string, width: number, align: Column['align']): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? blanks + text : text + blanks;
}

/** Cuts a line without colours that is wider than the terminal. */
export function cut(text: string, columns: number): string {
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, Math.max(0, columns - 1)).join('')}…`;
}

/**
 * Lines of a table in columns as wide as their cells, two blanks apart. Cells may hold colours, but for those of the
 * last column: they are cut where the line would be wider than `width`.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly heading: (text: string) => string; readonly width: number },
): string[] {
  const headings = columns.map((column) => column.heading);
  const widths = columns.map((_, index) => Math.max(...[headings, ...rows].map((row) => widthOf(row[index] ?? ''))));
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + gap.length, 0);
  const left = Math.max(10, options.width - before);
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? '';
        return pad(index === last && widthOf(cell) > left ? cut(cell, left) : cell, widths[index] ?? 0, align);
      })
      .join(gap)
      .trimEnd();
  return [options.heading(line(headings)), ...rows.map(line)];
}

/** Lines of labels and values, the values below one another. Those without a value are left out. */
export function fields(
  entries: readonly (readonly [label: string, value: string | undefined])[],
  label: (text: string) => string = (text) => text,
): string[] {
  const present = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  const width = Math.max(...present.map(([name]) => widthOf(name)));
  return present.map(([name, value]) => `${label(pad(name, width, 'left'))}  ${value}`);
}
