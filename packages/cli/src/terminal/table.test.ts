import { describe, expect, it } from 'vitest';
import { cut, fields, table } from './table.ts';

describe('table', () => {
  const columns = ['Name', { right: 'Cups' }, 'Note'] as const;
  const heading = (text: string) => text;

  it('has columns as wide as their cells, colours not counted', () => {
    const rows = [
      ['a', '1', 'x'],
      ['\u001b[32mlonger\u001b[39m', '10', ''],
    ];
    expect(table(columns, rows, { heading, width: 80 })).toEqual([
      'Name    Cups  Note',
      'a          1  x',
      '\u001b[32mlonger\u001b[39m    10',
    ]);
  });

  it('cuts the last column where the line would be too wide', () => {
    const [, line] = table(columns, [['a', '1', 'a long story of coffee']], { heading, width: 24 });
    expect(line).toBe('a        1  a long stor…');
    expect(line).toHaveLength(24);
  });

  it('keeps what fits', () => {
    expect(cut('☕☕☕', 3)).toBe('☕☕☕');
    expect(cut('☕☕☕', 2)).toBe('☕…');
  });
});

describe('fields', () => {
  it('sets the values below one another, and leaves out what is not there', () => {
    expect(
      fields(String, [
        ['Order', 'x'],
        ['Status', 'y'],
        ['Error', undefined],
      ]),
    ).toEqual(['Order   x', 'Status  y']);
  });
});
