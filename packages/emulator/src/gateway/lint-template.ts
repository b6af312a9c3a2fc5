/** A mapping template that API Gateway would refuse, or that velocityjs may render otherwise than Amazon does. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const any = (...alternatives: readonly string[]) => `(?:${alternatives.join('|')})`;

const name = String.raw`\$[a-z]\w*`;
const inserted = String.raw`\$\{(?:context\.(?:authorizer\.)?)?[a-z]\w*\}`;
const authorized = String.raw`\$context\.authorizer\.[a-z]\w*`;
const path = String.raw`\('\$\.\w+'\)`;
/** Text without a backslash, and without a character that begins a reference, a directive or ends a string. */
const literal = String.raw`"[^"$#\\]*"`;
/** `$!` prints nothing for what is missing, so that a string is never without a value. */
const string = `"${any(String.raw`[^"$#\\]`, inserted, String.raw`\$!input\.path${path}`, String.raw`\$![a-z]\w*(?:\.[a-z]\w*)+`)}*"`;
/** Removes characters, or marks a run of them. Java and JavaScript agree on a class of plain characters and ranges. */
const removal = any(
  String.raw`\.replaceAll\("\[\^?[\w-]+\](?:\{\d+\})?", "/?"\)`,
  String.raw`\.replaceAll\('(?:\^"\[[\w-]+\]\*"\$|")', ""\)`, // a whole text in quotes, and quotes
);
const text = any(string, `${name}${removal}`, String.raw`${name}\.toLowerCase\(\)`);
const test = any(
  `${text} [!=]= ${text}`,
  String.raw`${name}\.(?:contains|startsWith|endsWith)\(${literal}\)`,
  String.raw`${name}\.startsWith\(${name}\)`,
  String.raw`${name}\.length\(\) > \d+`,
);
const tests = String.raw`${test}(?: (?:\|\||&&) ${test})*`;
const value = any(
  string,
  String.raw`\d+`,
  `${any(name, String.raw`\$context\.\w+`)}${removal}`,
  String.raw`${name}\.lastIndexOf\(${literal}\) \+ 1`,
  String.raw`${name}\.substring\(${name}\)(?:${removal})?`,
  String.raw`${name}\.trim\(\)`,
  String.raw`${name}\.get\(${name}\)`,
  String.raw`\$input\.path${path}`,
  String.raw`\$input\.params\(\)\.get\("(?:path|header)"\)(?:\.get\(${literal}\))?`,
  String.raw`\$util\.parseJson\(${any(String.raw`\$input\.path${path}`, authorized, name)}\)`,
  String.raw`\$util\.escapeJavaScript\(${any(String.raw`\$input\.body`, authorized, String.raw`${name}(?:\.[a-z]\w*)?`)}\)\.replaceAll\("\\\\'", "'"\)`,
);

const lines = [
  '##.*',
  String.raw`#set\(\$(?!(?:context|input|util)\b)[a-z]\w* = ${value}\)`,
  String.raw`#set\(\$context\.responseOverride\.(?:status = ${any(name, String.raw`\d+`)}|header\.[\w-]+ = ${string})\)`,
  String.raw`#(?:if|elseif)\(${tests}\)`,
  '#else',
  '#end',
  String.raw`#foreach\(${name} in ${name}\.keySet\(\)\)`,
  // A backslash means something before a reference or a directive only.
  `${any(String.raw`[^$#\\]`, String.raw`\\"`, inserted, String.raw`\$input\.json${path}`)}*`,
].map((line) => new RegExp(`^${line}$`));

/**
 * Refuses a mapping template with anything but the constructs that velocityjs is known to render as Velocity 1.7 does.
 * The two differ in what is true (`""`, `0`), in `==` between types, in `#set` to null, in escapes, and in most methods.
 *
 * @throws TemplateError with the line that is refused.
 */
export function lintTemplate(template: string): void {
  const all = template.split('\n');
  for (const [index, line] of all.entries()) {
    if (lines.some((known) => known.test(line))) continue;
    throw new TemplateError(`line ${index + 1} of a template may render otherwise on Amazon: ${line}`);
  }
  const count = (directive: RegExp) => all.filter((line) => directive.test(line)).length;
  if (count(/^#(?:if|foreach)\(/) !== count(/^#end$/)) {
    throw new TemplateError('a template needs one #end for each #if and #foreach'); // velocityjs does without
  }
}
