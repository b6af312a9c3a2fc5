import { stripVTControlCharacters } from 'node:util';

/** The heading of a column; `right` aligns its cells to the right. */
export type Column = string | { readonly right: string };

const gap = '  ';

const widthOf = (text: string) => [...stripVTControlCharacters(text)].length;

function pad(text: string, width: number, alignRight = false): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return alignRight ? blanks + text : text + blanks;
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
  const headings = columns.map((column) => (typeof column === 'string' ? column : column.right));
  const widths = columns.map((_, index) => Math.max(...[headings, ...rows].map((row) => widthOf(row[index] ?? ''))));
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + gap.length, 0);
  const left = Math.max(10, options.width - before);
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? '';
        const text = index === last && widthOf(cell) > left ? cut(cell, left) : cell;
        return pad(text, widths[index] ?? 0, typeof column !== 'string');
      })
      .join(gap)
      .trimEnd();
  return [options.heading(line(headings)), ...rows.map(line)];
}

/** Lines of labels and values, the values below one another. Those without a value are left out. */
export function fields(
  label: (text: string) => string,
  entries: readonly (readonly [label: string, value: string | undefined])[],
): string[] {
  const present = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  const width = Math.max(...present.map(([name]) => widthOf(name)));
  return present.map(([name, value]) => `${label(pad(name, width))}  ${value}`);
}
