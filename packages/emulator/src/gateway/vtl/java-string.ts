import { javaMatches, javaRegex } from './java-regex.ts';
import { javaReplacement } from './java-replacement.ts';
import { TemplateError } from './template-error.ts';
import type { Value } from './value.ts';

type Method = (text: string, args: readonly Value[]) => Value;

/** Methods of `java.lang.String` by name and number of arguments. */
const methods: Readonly<Record<string, Method>> = {
  'charAt/1': (text, args) => part(text, whole(args, 0), whole(args, 0) + 1),
  'concat/1': (text, args) => text + string(args, 0),
  'contains/1': (text, args) => text.includes(string(args, 0)),
  'endsWith/1': (text, args) => text.endsWith(string(args, 0)),
  'equals/1': (text, args) => text === args[0],
  'equalsIgnoreCase/1': (text, args) => lower(text) === lower(string(args, 0)),
  'indexOf/1': (text, args) => text.indexOf(string(args, 0)),
  'indexOf/2': (text, args) => text.indexOf(string(args, 0), whole(args, 1)),
  'isEmpty/0': (text) => text === '',
  'lastIndexOf/1': (text, args) => text.lastIndexOf(string(args, 0)),
  'length/0': (text) => text.length,
  'matches/1': (text, args) => javaMatches(text, string(args, 0)),
  'replace/2': (text, args) => text.replaceAll(string(args, 0), () => string(args, 1)),
  'replaceAll/2': (text, args) => replaceRegex(text, javaRegex(string(args, 0), 'g'), string(args, 1)),
  'replaceFirst/2': (text, args) => replaceRegex(text, javaRegex(string(args, 0)), string(args, 1)),
  'split/1': (text, args) => split(text, string(args, 0), 0),
  'split/2': (text, args) => split(text, string(args, 0), whole(args, 1)),
  'startsWith/1': (text, args) => text.startsWith(string(args, 0)),
  'startsWith/2': (text, args) => text.startsWith(string(args, 0), whole(args, 1)),
  'substring/1': (text, args) => part(text, whole(args, 0), text.length),
  'substring/2': (text, args) => part(text, whole(args, 0), whole(args, 1)),
  'toLowerCase/0': (text) => lower(text),
  'toString/0': (text) => text,
  'toUpperCase/0': (text) => text.toUpperCase(),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Java's trim() takes every character up to U+0020.
  'trim/0': (text) => text.replace(/^[\u0000- ]+|[\u0000- ]+$/g, ''),
};

/**
 * Calls a method of a string with Java's semantics.
 *
 * @throws TemplateError for a method that is not modelled, and where Java throws.
 */
export function callString(text: string, method: string, args: readonly Value[]): Value {
  const found = Object.hasOwn(methods, `${method}/${args.length}`) ? methods[`${method}/${args.length}`] : undefined;
  if (found === undefined) throw new TemplateError(`String.${method}() with ${args.length} arguments is not modelled`);
  return found(text, args);
}

const lower = (text: string): string => text.toLowerCase();

function string(args: readonly Value[], index: number): string {
  const value = args[index];
  if (typeof value !== 'string') throw new TemplateError(`argument ${index + 1} must be a string`);
  return value;
}

function whole(args: readonly Value[], index: number): number {
  const value = args[index];
  if (typeof value !== 'number') throw new TemplateError(`argument ${index + 1} must be a whole number`);
  return value;
}

function part(text: string, begin: number, end: number): string {
  if (begin < 0 || end > text.length || begin > end) {
    throw new TemplateError(`StringIndexOutOfBounds: ${begin} to ${end} of ${text.length} characters`);
  }
  return text.slice(begin, end);
}

function replaceRegex(text: string, regex: RegExp, replacement: string): string {
  return text.replace(regex, (...match: unknown[]) => {
    const end = match.findIndex((item) => typeof item === 'number');
    refuseEmptyMatch(String(match[0]), text);
    return javaReplacement(replacement, match.slice(0, end) as (string | undefined)[]);
  });
}

function split(text: string, pattern: string, limit: number): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(javaRegex(pattern, 'g'))) {
    if (limit > 0 && parts.length === limit - 1) break;
    refuseEmptyMatch(match[0], text);
    const end = match.index + match[0].length;
    if (from === 0 && end === 0) continue; // nothing before a match of nothing at the beginning
    parts.push(text.slice(from, match.index));
    from = end;
  }
  if (from === 0) return [text];
  parts.push(text.slice(from));
  while (limit === 0 && parts.at(-1) === '') parts.pop();
  return parts;
}

/** Java finds nothing between the two units of a character beyond U+FFFF as well, JavaScript does not. */
function refuseEmptyMatch(match: string, text: string): void {
  if (match === '' && /[\ud800-\udfff]/.test(text)) {
    throw new TemplateError('a match of nothing in a text with surrogates is not modelled');
  }
}
