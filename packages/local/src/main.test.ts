import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** What the built server says when it does not start. */
async function refusal(...args: readonly string[]): Promise<{ readonly code: unknown; readonly stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, _, stderr) => resolve({ code: error?.code, stderr }));
  });
}

it.each([
  [['--colour', 'red'], "Unknown option '--colour'; --help lists all options\n"],
  [['--issuer', 'x'], '--issuer (COFFEE_ISSUER) needs --audience (COFFEE_AUDIENCE); --help lists all options\n'],
  [['extra'], /^Unexpected argument 'extra'[^.\n]*; --help lists all options\n$/],
  [['--port', 'http'], '--port (PORT) must be a whole number from 0 to 65535, not "http"; --help lists all options\n'],
  [['--cors', 'x'], /^--cors \(COFFEE_CORS\) must be an origin, [^\n]*, not "x"; --help lists all options\n$/],
])('says in a sentence what is wrong with %j', async (args, sentence) => {
  const { code, stderr } = await refusal(...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(sentence);
  expect(stderr.split('\n')).toHaveLength(2);
});

it('says in a sentence that a port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const answer = await refusal('--port', String(port), '--data', ':memory:');
  expect(answer).toEqual({ code: 1, stderr: `port ${port} is in use; choose another with --port\n` });
});
