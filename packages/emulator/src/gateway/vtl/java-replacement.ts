import { TemplateError } from './template-error.ts';

/**
 * The replacement text of Java's `String.replaceAll`: `$1` is a group, a backslash makes the next character plain.
 *
 * @throws TemplateError where Java throws.
 */
export function javaReplacement(replacement: string, groups: readonly (string | undefined)[]): string {
  let result = '';
  let at = 0;
  while (at < replacement.length) {
    const next = replacement[at];
    if (next === '\\') {
      const plain = replacement[at + 1];
      if (plain === undefined) throw new TemplateError(`the replacement ${replacement} ends in a backslash`);
      result += plain;
      at += 2;
    } else if (next === '$') {
      const [digits] = /^\d+/.exec(replacement.slice(at + 1)) ?? [];
      if (digits === undefined) throw new TemplateError(`the replacement ${replacement} has a $ without a number`);
      const used = longestGroup(digits, groups.length);
      if (used === undefined) throw new TemplateError(`the replacement ${replacement} names no group`);
      result += groups[Number(used)] ?? '';
      at += 1 + used.length;
    } else {
      result += next;
      at += 1;
    }
  }
  return result;
}

/** Java takes as many digits as still name a group. */
function longestGroup(digits: string, count: number): string | undefined {
  for (let length = digits.length; length > 0; length -= 1) {
    const used = digits.slice(0, length);
    if (Number(used) < count) return used;
  }
  return undefined;
}
