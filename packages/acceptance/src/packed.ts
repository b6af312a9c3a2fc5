import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

// Packs every package that others may install, checks the tarballs, and uses them as a stranger would: installed by npm
// in an empty project, imported by plain Node.js, compiled against by tsc.

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: unknown;
  readonly [key: string]: unknown;
}

interface Packed {
  readonly name: string;
  readonly tarball: string;
  /** Whether it can be imported; a package with a command only cannot. */
  readonly importable: boolean;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

async function command(file: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await run(file, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${basename(file)} ${args.join(' ')} failed\n${stdout}${stderr}`, { cause: error });
  }
}

/** The pnpm that runs this script, or the one on the PATH. */
function pnpm(args: readonly string[], cwd: string): Promise<string> {
  const path = process.env.npm_execpath;
  if (path === undefined || !basename(path).startsWith('pnpm')) return command('pnpm', args, cwd);
  return /\.[cm]?js$/.test(path) ? command(process.execPath, [path, ...args], cwd) : command(path, args, cwd);
}

async function pack(folder: string, destination: string): Promise<Packed | undefined> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  if (manifest.private) return undefined;
  const own = join(destination, manifest.name.replace('@', '').replace('/', '-'));
  await mkdir(own);
  await pnpm(['pack', '--pack-destination', own], folder);
  const [tarball] = await readdir(own);
  if (tarball === undefined) throw new Error(`pnpm pack made no tarball of ${manifest.name}`);
  return { name: manifest.name, tarball: join(own, tarball), importable: manifest.exports !== undefined };
}

/** What publint finds, as it would be published. */
async function lint({ name, tarball }: Packed): Promise<string[]> {
  const bytes = await readFile(tarball);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: buffer } });
  return messages.map((message) => `${name}: ${message.type}: ${formatMessage(message, pkg) ?? message.code}`);
}

/** A package that points into the workspace cannot be installed elsewhere. */
async function leftovers({ name, tarball }: Packed): Promise<string[]> {
  const manifest = await command('tar', ['-xzOf', tarball, 'package/package.json'], dirname(tarball));
  return /"(?:workspace|catalog|link):/.test(manifest) ? [`${name}: its manifest points into the workspace`] : [];
}

async function makeProject(folder: string, packages: readonly Packed[]): Promise<void> {
  await mkdir(folder);
  const tarballs = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
  // A package asks for @coffee/domain 0.1.0: here that is the tarball, never one of a registry.
  const overrides = Object.fromEntries(packages.map(({ name }) => [name, `$${name}`]));
  const manifest = { name: 'stranger', private: true, type: 'module', dependencies: tarballs, overrides };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await command('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

const useTypes = `
import { parseOrder, placeOrder, type Order, type PlacedOrder } from '@coffee/domain';
import type { Notifier, OrderRepository } from '@coffee/ports';
import { PlaceOrder } from '@coffee/application';
import { MemoryMailbox, MemoryOrderRepository } from '@coffee/adapter-memory';
import { SqliteDatabase } from '@coffee/adapter-sqlite';
import type { PutItemInput } from '@coffee/workflow';
import { composeHandlers } from '@coffee/lambdas';
import { startLocal, type LocalOptions } from '@coffee/local';

const order: Order = parseOrder({});
const placed: PlacedOrder = placeOrder({ orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z', order });
export const orders: OrderRepository = new MemoryOrderRepository();
export const notifier: Notifier = new MemoryMailbox();
export const useCase = new PlaceOrder(orders);
export const input: PutItemInput = placed;
export const options: LocalOptions = { port: 0 };
export const url: Promise<string> = startLocal(options).then((system) => system.url);
export const others = [SqliteDatabase, composeHandlers];
// @ts-expect-error an order has an account
export const wrong: Order = {};
`;

const compilerOptions = {
  target: 'es2024',
  lib: ['es2024'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

const stranger = (names: readonly string[]): string => `
const names = ${JSON.stringify(names)};
for (const name of names) {
  if (Object.keys(await import(name)).length === 0) throw new Error(name + ' exports nothing');
}
const { default: workflow } = await import('@coffee/workflow/order-workflow.asl.json', { with: { type: 'json' } });
if (workflow.StartAt === undefined) throw new Error('the workflow has no StartAt');

const { startLocal } = await import('@coffee/local');
const order = {
  accountid: 'a0', vendorid: 'v0', orderdate: '2026-11-24 09:30:00', city: 'Adelaide',
  details: { coffeetype: 'Latte', coffeesize: 'Small', unitprice: '3.5', quantity: 2 }, eventtype: ['new_order'],
};
for (const options of [{}, { data: 'coffee.sqlite' }]) {
  const system = await startLocal(options);
  const body = JSON.stringify({ order });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(system.url + '/prod/order', { method: 'POST', body, headers });
  if (answer.status !== 202) throw new Error('the order was answered ' + answer.status);
  const { orderid } = await answer.json();
  const deadline = Date.now() + 30_000;
  let status = 'RUNNING';
  while (status === 'RUNNING' && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    ({ status } = await (await fetch(system.url + '/prod/order/' + orderid)).json());
  }
  await system.close();
  if (status !== 'SUCCEEDED') throw new Error('the order ended ' + status);
}
`;

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-packed-'));
  try {
    const packages: Packed[] = [];
    for (const name of (await readdir(join(root, 'packages'))).sort()) {
      const packed = await pack(join(root, 'packages', name), folder);
      if (packed !== undefined) packages.push(packed);
    }
    const names = packages.map(({ name }) => name);
    console.log(`packed: ${names.join(', ')}`);

    const findings = (await Promise.all(packages.flatMap((packed) => [lint(packed), leftovers(packed)]))).flat();
    if (findings.length > 0) throw new Error(findings.join('\n'));
    console.log('publint: nothing to say about any of them');

    const project = join(folder, 'stranger');
    await makeProject(project, packages);
    console.log('npm install: all tarballs, in an empty project');

    const importable = packages.filter((packed) => packed.importable).map(({ name }) => name);
    await writeFile(join(project, 'use.mjs'), stranger(importable));
    await command(process.execPath, ['use.mjs'], project);
    console.log(
      'node: every package imported; an order placed through startLocal(), in memory and on a file: SUCCEEDED',
    );

    const coffee = join(project, 'node_modules/.bin/coffee');
    for (const args of [['--help'], ['completion', 'bash']]) await command(coffee, args, project);
    console.log('coffee: its help and its completion, from its bin');

    await writeFile(join(project, 'use.ts'), useTypes);
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
    await command(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.json'], project);
    console.log('tsc: a file that uses their types compiles');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
