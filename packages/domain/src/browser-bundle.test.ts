import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { exampleOrder } from './arbitraries.ts';

async function bundle(contents: string) {
  const result = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    globalName: 'domain',
    logLevel: 'silent',
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return { text: file.text, bytes: file.contents.byteLength, inputs: Object.keys(result.metafile.inputs) };
}

describe('the domain in a browser', () => {
  it('imports nothing from Node.js and stays small', async () => {
    const { text, inputs, bytes } = await bundle(`export * from './index.ts'`);
    expect(text).not.toMatch(/["'`]node:|\brequire\(/);
    expect(
      inputs.filter((input) => !/(^|\/)(src\/[\w/-]+\.ts|node_modules\/zod\/.+\.js|<stdin>)$/.test(input)),
    ).toEqual([]);
    expect(bytes).toBeLessThan(65_000);
  });

  it('parses and places an order without Node.js', async () => {
    const { text } = await bundle(`export * from './index.ts'`);
    const answer = runInNewContext(
      `${text}
      const order = domain.parseOrder(JSON.parse(input));
      const placed = domain.placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order });
      const refused = domain.safeParseOrder({ ...order, city: '' });
      JSON.stringify([typeof process, typeof Buffer, placed.total, placed.invoice, refused.error.issues[0].code]);`,
      {
        input: JSON.stringify(exampleOrder),
      },
    );
    expect(JSON.parse(answer)).toEqual(['undefined', 'undefined', '7.00', '2026/11/a0', 'wrong_format']);
  });

  it('bundles only what is imported', async () => {
    const { text, bytes } = await bundle(`export { formatMoney } from './index.ts'`);
    expect(text).not.toContain('Latte');
    expect(bytes).toBeLessThan(1_000);
    const { text: own } = await bundle(`export { defineMenu } from './pricing/menu.ts'`);
    expect(own).not.toContain('Latte');
  });
});
