const short: Readonly<Record<string, string>> = {
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * `StringEscapeUtils.escapeJavaScript` of Apache Commons Lang 2: it also escapes `'`, which JSON does not allow, and
 * writes every UTF-16 unit above U+007F as `\u` and four upper-case hexadecimal digits.
 */
export function escapeJavaScript(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape.
  return text.replace(/['"\\/\u0000-\u001f\u0080-\uffff]/g, (unit) => {
    return short[unit] ?? `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
