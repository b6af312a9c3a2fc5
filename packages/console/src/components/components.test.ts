import { describe, expect, it } from 'vitest';
import { formatDuration, formatMonth } from './format.ts';
import { counterOf, displayOf, filled } from './paged-list.ts';

it.each([
  [0.4, '0 ms'],
  [999.4, '999 ms'],
  [1250, '1.25 s'],
  [59_994, '59.99 s'],
  [125_900, '2 min 5 s'],
  [-3, '0 ms'],
])('%d milliseconds read %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

it('names a month', () => expect(formatMonth({ year: 2026, month: 1 })).toBe('January 2026'));

it('leaves empty parameters out of a query', () => {
  expect(filled({ accountid: '', vendorid: 'v 0', limit: 20, before: undefined })).toEqual({
    vendorid: 'v 0',
    limit: 20,
  });
  expect(filled({})).toEqual({});
});

describe('the columns of a table', () => {
  const columns = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  const preferences = { pageSize: 20, wrapLines: false };

  it('keep the order chosen, with a new one at the end and one that is gone left out', () => {
    const display = [
      { id: 'c', visible: false },
      { id: 'gone', visible: true },
      { id: 'a', visible: true },
    ];
    expect(displayOf(columns, { ...preferences, display })).toEqual([
      { id: 'c', visible: false },
      { id: 'a', visible: true },
      { id: 'b', visible: true },
    ]);
  });
});

it('counts what is known of a list', () => {
  const list = { items: [1, 2], preferences: { pageSize: 20, wrapLines: false, display: [] } };
  expect(counterOf({ ...list, pageIndex: 3, hasMore: false })).toBe('(42)');
  expect(counterOf({ ...list, pageIndex: 1, hasMore: true })).toBe('(2+)');
});
