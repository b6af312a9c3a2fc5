import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

interface Example {
  readonly name: string;
  readonly home: string;
  readonly source: string;
}

const root = resolve(import.meta.dirname, '../../..');
const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const readmes = [root, ...packages].map((folder) => join(folder, 'README.md')).filter((path) => existsSync(path));

/** The examples of a page. They run inside the package that they document; those of the front page inside `local`. */
function examplesOf(readme: string): Example[] {
  const folder = dirname(readme);
  const home = folder === root ? join(root, 'packages/local') : folder;
  const examples: Example[] = [];
  let open: { readonly line: number; readonly fence: string; readonly lines: string[] } | undefined;
  for (const [index, text] of readFileSync(readme, 'utf8').split('\n').entries()) {
    if (open === undefined) {
      if (text.startsWith('```')) open = { line: index + 1, fence: text.slice(3).trim(), lines: [] };
    } else if (text.trimEnd() === '```') {
      const name = `${relative(root, readme)}:${open.line}`;
      if (/^ts\s/.test(open.fence)) throw new Error(`${name}: fence a runnable example as ts, nothing after it`);
      if (open.fence === 'ts') examples.push({ name, home, source: open.lines.join('\n') });
      open = undefined;
    } else {
      open.lines.push(text);
    }
  }
  return examples;
}

/** Turns each line `expression; // → literal` into an assertion, and keeps the line numbers of the example. */
function asserting(source: string): string {
  const claims = source.replace(/^(.+); \/\/ → (.+)$/gm, (_, expression, literal) => {
    return `__expect(${expression.trim()}).toEqual(${literal});`;
  });
  return `import { expect as __expect } from 'vitest'; ${claims}\nexport {};\n`;
}

// A folder of its own for each process, so that two runs in one checkout do not meet.
const folderOf = (home: string) => join(home, '.readme-examples', String(process.pid));
let count = 0;

async function run({ home, source }: Pick<Example, 'home' | 'source'>): Promise<void> {
  mkdirSync(folderOf(home), { recursive: true });
  const file = join(folderOf(home), `example-${count++}.ts`);
  writeFileSync(file, asserting(source));
  await import(/* @vite-ignore */ file);
}

const examples = readmes.flatMap(examplesOf);

describe('the examples of the READMEs', () => {
  afterAll(() => {
    for (const home of new Set([...examples.map((example) => example.home), join(root, 'packages/acceptance')])) {
      rmSync(folderOf(home), { recursive: true, force: true });
      const parent = dirname(folderOf(home));
      if (existsSync(parent) && readdirSync(parent).length === 0) rmdirSync(parent);
    }
  });

  it.each(examples)('$name', async (example) => {
    await run(example);
  });

  it('are found, and a false claim fails', async () => {
    expect(examples.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^README\.md:\d+$/));
    const home = join(root, 'packages/acceptance');
    await run({
      home,
      source: "const sum = await Promise.resolve(1 + 1);\nsum; // → 2\n({ a: ['x'] }); // → { a: ['x'] }",
    });
    await expect(run({ home, source: '1 + 1; // → 3' })).rejects.toThrow('expected 2 to deeply equal 3');
  });
});
