import { describe, expect, it } from 'vitest';
import { JavaDouble } from './java-double.ts';
import { callString } from './java-string.ts';
import recorded from './recorded/java-17.json' with { type: 'json' };
import { TemplateError } from './template-error.ts';

describe('what a Java 17 answered', () => {
  it.each(recorded.replaceAll as [string, string, string, string][])(
    '%j.replaceAll(%j, %j)',
    (text, regex, replacement, expected) => {
      expect(callString(text, 'replaceAll', [regex, replacement])).toBe(expected);
    },
  );

  it.each(recorded.split as [string, string, string[]][])('%j.split(%j)', (text, regex, expected) => {
    expect(callString(text, 'split', [regex])).toEqual(expected);
  });

  it.each(recorded.matches as [string, string, boolean][])('%j.matches(%j)', (text, regex, expected) => {
    expect(callString(text, 'matches', [regex])).toBe(expected);
  });

  it.each(recorded.double as [string, string][])('Double.toString(%s)', (source, expected) => {
    expect(new JavaDouble(Number(source)).toString()).toBe(expected);
  });
});

describe('what is refused', () => {
  it.each(['(?i)a', 'a++', '[a&&b]', '[a[b]]', '\\Qa\\E', '\\b', '\\p{L}', '\\h', '\\z', '[]a]', 'a\\', '[a', '(a'])(
    'the regular expression %s',
    (regex) => {
      expect(() => callString('text', 'matches', [regex])).toThrow(TemplateError);
    },
  );

  it.each(['x$', 'x\\', '$2', `$\{name}`])('the replacement %s', (replacement) => {
    expect(() => callString('abc', 'replaceAll', ['(b)', replacement])).toThrow(TemplateError);
  });

  it.each([
    ['getClass', []],
    ['toString', [1]],
    ['contains', [null]],
    ['contains', [1]],
    ['substring', ['1']],
    ['substring', [5]],
    ['substring', [2, 1]],
    ['constructor', []],
  ])('%s(%j)', (method, args) => {
    expect(() => callString('text', method, args)).toThrow(TemplateError);
  });

  it('a match of nothing beside a surrogate', () => {
    expect(() => callString('😀', 'replaceAll', ['x*', '-'])).toThrow(TemplateError);
    expect(() => callString('😀', 'split', [''])).toThrow(TemplateError);
  });
});
