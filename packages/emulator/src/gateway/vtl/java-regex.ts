import { TemplateError } from './template-error.ts';

/** Alphabetic escapes that mean the same in both languages, or have the given JavaScript equivalent. */
const escapes: Readonly<Record<string, string>> = {
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
  s: '[ \\t\\n\\x0B\\f\\r]',
  S: '[^ \\t\\n\\x0B\\f\\r]',
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  a: '\\x07',
  e: '\\x1B',
};

const syntax = /[\^$\\.*+?()[\]{}|/]/;
const lineEnd = '\\n\\r\\u0085\\u2028\\u2029';

/**
 * A Java regular expression as a JavaScript one, with the flags `u` and those given.
 *
 * @throws TemplateError for what only Java has, and for what both have with another meaning.
 */
export function javaRegex(pattern: string, flags = ''): RegExp {
  return compile(pattern, translate(pattern), flags);
}

/** Java's `String.matches`: whether the expression matches the whole text. */
export function javaMatches(text: string, pattern: string): boolean {
  return compile(pattern, `^(?:${translate(pattern)})(?![\\s\\S])`, '').test(text);
}

function compile(pattern: string, translated: string, flags: string): RegExp {
  try {
    return new RegExp(translated, `u${flags}`);
  } catch (error) {
    throw new TemplateError(`the regular expression ${pattern} is not modelled`, { cause: error });
  }
}

function translate(pattern: string): string {
  let result = '';
  let at = 0;
  while (at < pattern.length) {
    const next = pattern[at];
    if (next === '\\') {
      const token = escapeAt(pattern, at);
      result += translateEscape(pattern, token, false);
      at += token.length;
    } else if (next === '[') {
      const [translated, end] = translateClass(pattern, at);
      result += translated;
      at = end;
    } else {
      if (next === '.') result += `[^${lineEnd}]`;
      else if (next === '$') result += `(?=(?:\\r\\n|[${lineEnd}])?(?![\\s\\S]))`;
      else result += next;
      at += 1;
    }
  }
  return result;
}

/** The escape that begins at `at`: a backslash and a character, or the hexadecimal forms. */
function escapeAt(pattern: string, at: number): string {
  const token = /^\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[\s\S])/.exec(pattern.slice(at, at + 6))?.[0];
  if (token === undefined) throw new TemplateError(`the regular expression ${pattern} ends in a backslash`);
  return token;
}

function translateEscape(pattern: string, token: string, inClass: boolean): string {
  const [, letter = ''] = token;
  if (token.length > 2) return token;
  if (/[1-9]/.test(letter) && !inClass) return token;
  if (/[A-Za-z0-9]/.test(letter)) {
    const translated = escapes[letter];
    if (translated === undefined || (inClass && letter === 'S')) {
      throw new TemplateError(`${token} in the regular expression ${pattern} is not modelled`);
    }
    return inClass && letter === 's' ? translated.slice(1, -1) : translated;
  }
  return syntax.test(letter) || (inClass && letter === '-') ? token : letter;
}

function translateClass(pattern: string, start: number): [string, number] {
  let result = pattern.startsWith('[^', start) ? '[^' : '[';
  let at = start + result.length;
  if (pattern[at] === ']') throw new TemplateError(`${pattern} begins a class with ], which is not modelled`);
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '[' || pattern.startsWith('&&', at)) {
      throw new TemplateError(`unions and intersections of classes, as in ${pattern}, are not modelled`);
    }
    const token = pattern[at] === '\\' ? escapeAt(pattern, at) : pattern[at];
    result += token?.startsWith('\\') ? translateEscape(pattern, token, true) : token;
    at += token?.length ?? 1;
  }
  if (at >= pattern.length) throw new TemplateError(`the regular expression ${pattern} has an open class`);
  return [`${result}]`, at + 1];
}
