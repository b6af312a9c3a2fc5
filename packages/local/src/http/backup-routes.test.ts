import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CoffeeSystem } from '../test-support/coffee-system.ts';
import { orderOf } from '../test-support/order-of.ts';

async function onDisk(options: { readonly hostNames?: readonly string[] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-backup-'));
  const system = await CoffeeSystem.start({ data: join(folder, 'coffee.sqlite'), ...options });
  onTestFinished(async () => {
    await system.close();
    await rm(folder, { recursive: true });
  });
  return { folder, system };
}

it('copies the file while orders go on; a server started with the copy has every order that was answered before', async () => {
  const { folder, system } = await onDisk();
  const answered = await Promise.all(Array.from({ length: 50 }, (_, n) => system.place(orderOf('a0', `v${n}`))));
  const file = join(folder, 'copy.sqlite');
  const [written] = await Promise.all([
    system.send('POST', '/backup', { file }),
    ...Array.from({ length: 50 }, (_, n) => system.place(orderOf('a0', `w${n}`))),
  ]);
  expect(written.status).toBe(200);
  expect(await written.json()).toEqual({ file });
  const restored = await CoffeeSystem.start({ data: file });
  onTestFinished(() => restored.close());
  for (const orderid of answered) expect((await restored.ended(orderid)).status).toBe('SUCCEEDED');
  const { invoices } = await restored.get<{ invoices: { lineCount: number }[] }>('/invoices');
  expect(invoices[0]?.lineCount).toBeGreaterThanOrEqual(50);
});

it.each([
  ['a relative path', { file: 'copy.sqlite' }],
  ['no path', {}],
  ['a path that is not a text', { file: ['/tmp/copy'] }],
  ['nothing', null],
])('refuses %s, and says so', async (_, body) => {
  const { system } = await onDisk();
  const refused = await system.send('POST', '/backup', body);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'BackupRejected', detail: 'file must be an absolute path' });
});

it('says why the copy cannot be written', async () => {
  const { folder, system } = await onDisk();
  const refused = await system.send('POST', '/backup', { file: join(folder, 'coffee.sqlite') });
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('there is a file already') });
});

it('answers loopback names only, even when others are served', async () => {
  const { folder, system } = await onDisk({ hostNames: ['shop.example'] });
  const { hostname, port } = new URL(system.url);
  const post = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { host, 'content-type': 'application/json' };
      const sent = request({ hostname, port, method: 'POST', path: '/backup', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ file: join(folder, 'copy.sqlite') }));
    });
  expect(await post('shop.example')).toBe(403);
  expect(await readdir(folder)).not.toContain('copy.sqlite');
  expect(await post(`localhost:${port}`)).toBe(200);
});
