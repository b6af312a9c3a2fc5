import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CoffeeSystem } from './test-support/coffee-system.ts';

const fixture = (name: string) =>
  readFile(new URL(`../../adapter-sqlite/src/fixtures/version-3.${name}`, import.meta.url), 'utf8');

it('answers by HTTP what version 3 answered on its file, byte for byte', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined); // reports the line that is damaged
  const folder = await mkdtemp(join(tmpdir(), 'coffee-version-3-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const data = join(folder, 'coffee.sqlite');
  const file = new DatabaseSync(data);
  file.exec(await fixture('sql'));
  file.close();
  const system = await CoffeeSystem.start({ data });
  onTestFinished(() => system.close());
  const invoice = '/invoices/';
  const expected = JSON.parse(await fixture('answers.json')) as Record<string, string>;
  for (const [path, text] of Object.entries(expected)) {
    let [url, isLink] = [path, path.startsWith(invoice)];
    if (isLink) {
      const link = await system.get<{ url: string }>(`/prod/invoice?objectKey=${path.slice(invoice.length)}`);
      url = link.url.slice(system.url.length);
    }
    expect(await (await system.fetch(url)).text(), path).toBe(text);
  }
  expect(Object.keys(expected)).toHaveLength(33);
});
