import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, expect, it } from 'vitest';

// Packs every package that others may install, checks the tarballs, and uses them as a stranger would: in the project of
// .ci/stranger, copied outside the workspace and installed by npm.

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface Packed {
  readonly name: string;
  readonly tarball: string;
  /** What it can be imported as. A package with only a command cannot. */
  readonly modules: readonly string[];
}

interface TestReport {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

type Runner = 'vitest' | 'jest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

/** Without what Vitest sets for its own tests. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV)/.test(name)));

async function command(file: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await run(file, args, { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: 10 * 60_000 });
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

const readManifest = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Manifest;

async function pack(folder: string, destination: string): Promise<Packed | undefined> {
  const { name, private: isPrivate, exports = {} } = await readManifest(join(folder, 'package.json'));
  if (isPrivate) return undefined;
  const own = join(destination, name.replace('@', '').replace('/', '-'));
  await mkdir(own);
  await pnpm(['pack', '--pack-destination', own], folder);
  const [tarball] = await readdir(own);
  if (tarball === undefined) throw new Error(`pnpm pack made no tarball of ${name}`);
  const paths = Object.keys(exports).filter((path) => !/\*|\.json$/.test(path));
  return { name, tarball: join(own, tarball), modules: paths.map((path) => `${name}${path.slice(1)}`) };
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
  await cp(join(root, '.ci/stranger'), folder, { recursive: true });
  const path = join(folder, 'package.json');
  const manifest = await readManifest(path);
  const tarballs = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
  // A package asks for @coffee/domain 0.1.0: here that is the tarball, never one of a registry.
  const overrides = Object.fromEntries(packages.map(({ name }) => [name, `$${name}`]));
  const dependencies = { ...manifest.dependencies, ...tarballs };
  await writeFile(path, JSON.stringify({ ...manifest, dependencies, overrides }, null, 2));
  const modules = packages.flatMap((packed) => packed.modules.map((module) => `typeof import('${module}')`));
  await writeFile(join(folder, 'every-export.ts'), `export type EveryExport = [${modules.join(', ')}];\n`);
  await command('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

/** A stranger's project, and what is done in it. */
class Stranger {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  node(...args: readonly string[]): Promise<string> {
    return command(process.execPath, args, this.#folder);
  }

  /** Runs a command that the project has installed. */
  tool(name: string, ...args: readonly string[]): Promise<string> {
    return this.node('--experimental-vm-modules', join('node_modules/.bin', name), ...args);
  }

  /** Imports each module as plain JavaScript. */
  async importAll(modules: readonly string[]): Promise<void> {
    const program = `
      for (const name of ${JSON.stringify(modules)}) {
        if (Object.keys(await import(name)).length === 0) throw new Error(name + ' exports nothing');
      }`;
    await this.node('--input-type=module', '--eval', program);
  }

  /** How many tests passed, and the titles of those that did not. */
  async test(
    runner: Runner,
    environment: string,
    names: readonly string[],
  ): Promise<{ passed: number; failed: string[] }> {
    const files = names.map((name) => `built/${name}.test.js`);
    const output = join(this.#folder, 'report.json');
    await rm(output, { force: true });
    const args = {
      vitest: ['run', `--environment=${environment}`, '--reporter=json', `--outputFile=${output}`, ...files],
      // A test that fails leaves its database open, which would keep Jest from ending.
      jest: [`--env=${environment}`, '--forceExit', '--json', `--outputFile=${output}`, '--runTestsByPath', ...files],
    };
    const ended = await this.tool(runner, ...args[runner]).catch((error: Error) => error);
    const text = await readFile(output, 'utf8').catch(() => {
      throw ended;
    });
    const { success, testResults } = JSON.parse(text) as TestReport;
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = results.filter(({ status }) => status !== 'passed').map(({ title }) => title);
    if (results.length === 0 || (!success && failed.length === 0))
      throw new Error(JSON.stringify(testResults, null, 2));
    return { passed: results.length - failed.length, failed };
  }

  /** Bundles src/app.ts by the script that the README of the SQLite adapter shows, and runs it in an empty folder. */
  async bundle(elsewhere: string): Promise<string> {
    const readme = await readFile(join(this.#folder, 'node_modules/@coffee/adapter-sqlite/README.md'), 'utf8');
    const [, script = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];
    await writeFile(join(this.#folder, 'bundle.mjs'), script);
    await this.node('bundle.mjs');
    await cp(join(this.#folder, 'bundle'), elsewhere, { recursive: true });
    return command(process.execPath, ['app.mjs'], elsewhere);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'coffee-packed-'));
const packages: Packed[] = [];
for (const name of (await readdir(join(root, 'packages'))).sort()) {
  const packed = await pack(join(root, 'packages', name), folder);
  if (packed !== undefined) packages.push(packed);
}
const project = join(folder, 'stranger');
await makeProject(project, packages);
const stranger = new Stranger(project);
const modules = packages.flatMap((packed) => packed.modules);
await stranger.tool('tsc');

afterAll(() => rm(folder, { recursive: true, force: true }));

it('packs packages about which publint has nothing to say, and which point nowhere into the workspace', async () => {
  const findings = await Promise.all(packages.flatMap((packed) => [lint(packed), leftovers(packed)]));
  expect(findings.flat()).toEqual([]);
  expect(packages.length).toBeGreaterThan(10);
});

it('compiles strictly under Bundler too, and the core without Node.js', async () => {
  await stranger.tool('tsc', '--noEmit', '--module', 'esnext', '--moduleResolution', 'bundler');
  await stranger.tool('tsc', '-p', 'tsconfig.browser.json');
});

it('imports every module as plain JavaScript, and places orders', async () => {
  await stranger.importAll(modules.filter((name) => !name.endsWith('-thread')));
  await stranger.node('built/use-system.js');
});

it('runs the command line from its bin', async () => {
  for (const args of [['--help'], ['completion', 'bash']]) await stranger.tool('coffee', ...args);
});

it.each(['vitest', 'jest'] as const)(
  'passes the contracts and fake timers in %s, which notices a broken promise',
  async (runner) => {
    expect((await stranger.test(runner, 'node', ['contracts', 'fake-timers', 'sqlite'])).failed).toEqual([]);
    const title = 'grants at once what was released, to one of concurrent begins';
    expect((await stranger.test(runner, 'node', ['broken-promise'])).failed).toEqual([title]);
  },
);

it('passes the contracts and fake timers in jsdom', async () => {
  expect((await stranger.test('jest', 'jsdom', ['contracts', 'fake-timers'])).failed).toEqual([]);
});

it('bundles an app with the SQLite adapter as its README says, which works without node_modules', async () => {
  expect(await stranger.bundle(join(folder, 'elsewhere'))).toBe('7.00\n');
});
