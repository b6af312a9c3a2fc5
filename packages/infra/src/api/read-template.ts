import { readFileSync } from 'node:fs';

/** A mapping template, each `@name@` in it replaced; one without its value, or a value without its place, is an error. */
export function readTemplate(name: string, values: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(new URL(`templates/${name}.vtl`, import.meta.url), 'utf8');
  const places = [...text.matchAll(/@(\w+)@/g)].map(([, place]) => place ?? '');
  for (const place of Object.keys(values)) {
    if (!places.includes(place)) throw new Error(`${name}.vtl has no place @${place}@`);
  }
  return text.replace(/@(\w+)@/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`${name}.vtl needs a value for @${place}@`);
    return value;
  });
}
