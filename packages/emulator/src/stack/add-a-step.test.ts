import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const page = readFileSync(`${root}docs/add-a-step.md`, 'utf8');
const patches = [...page.matchAll(/^```diff\n(.*?)^```$/gms)].map(([, patch = '']) => patch);

it.each(patches)('a patch of docs/add-a-step.md applies, though only `pnpm test:aws` follows the page: %s', (patch) => {
  expect(() => execFileSync('git', ['apply', '--check'], { cwd: root, input: patch })).not.toThrow();
});

it('the page has patches', () => expect(patches).toHaveLength(6));
