import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const page = readFileSync(`${root}docs/add-a-step.md`, 'utf8');
const patches = [...page.matchAll(/^```diff\n(.*?^\+\+\+ b\/(\S+).*?)^```$/gms)];

// Only `pnpm test:aws` follows the page.
it.each(patches.map(([, patch = '', file = '']) => [file, patch]))(
  'the patch of docs/add-a-step.md that begins with %s applies',
  (_, patch) => {
    expect(() => execFileSync('git', ['apply', '--check'], { cwd: root, input: patch })).not.toThrow();
  },
);

it('the page has patches', () => expect(patches).toHaveLength(6));
