import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../local/dist/main.js', import.meta.url));
/** As `pnpm start` runs it. */
const flags = ['--max-semi-space-size=8', '--max-old-space-size=256', main];

/** The built server as a child process, known by its HTTP answers, its signals and what the kernel says of it. */
export class Server {
  readonly process: ChildProcess;
  /** Settles with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  #errors = '';
  origin = '';

  /** @param wrapper A command that runs the server, like `unshare`. */
  constructor(data: string, wrapper: readonly string[] = []) {
    const [command = '', ...parameters] = [...wrapper, process.execPath, ...flags, '--port', '0', '--data', data];
    this.process = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.process, 'exit').then(([code, signal]) => code ?? signal);
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-5000);
    });
  }

  static async start(data: string, wrapper?: readonly string[]): Promise<Server> {
    const server = new Server(data, wrapper);
    if (!(await server.up())) throw new Error(`the server ended before it was up: ${server.complaint}`);
    return server;
  }

  /** Waits for the address that it prints; false when it ends before. */
  async up(): Promise<boolean> {
    const { stdout } = this.process;
    if (stdout === null) return false;
    for await (const line of createInterface({ input: stdout })) {
      const api = /http:\/\/\S+\/prod/.exec(line)?.[0];
      if (api === undefined) continue;
      stdout.resume();
      this.origin = new URL(api).origin;
      return true;
    }
    return false;
  }

  /** What it wrote to standard error, in a line. */
  get complaint(): string {
    const lines = this.#errors.split('\n').filter((line) => line.trim() !== '');
    return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'nothing on standard error').trim();
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** The most memory that it held since it was last asked, in megabytes (resident set); `undefined` once it has ended. */
  async peak(): Promise<number | undefined> {
    const status = await readFile(`/proc/${this.process.pid}/status`, 'utf8').catch(() => '');
    const peak = /VmHWM:\s+(\d+)/.exec(status)?.[1];
    if (peak === undefined) return undefined;
    await writeFile(`/proc/${this.process.pid}/clear_refs`, '5');
    return Math.round(Number(peak) / 1024);
  }

  /** Sends a signal and answers the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.process.kill(signal);
    return this.ended;
  }

  async read<T>(path: string): Promise<T> {
    const response = await fetch(`${this.origin}${path}`);
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Every item of a list, page by page. */
  async *pages<T>(path: string, items: string): AsyncGenerator<readonly T[]> {
    for (let next: unknown = ''; next !== undefined; ) {
      const before = next === '' ? '' : `&before=${encodeURIComponent(String(next))}`;
      const page = await this.read<Record<string, unknown>>(`${path}${before}`);
      yield page[items] as T[];
      next = page.next;
    }
  }

  async fault(fault: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ kind: 'before', times: 'always', ...fault });
    const response = await fetch(`${this.origin}/faults`, { method: 'PUT', headers, body });
    if (!response.ok) throw new Error(`PUT /faults answered ${response.status}: ${await response.text()}`);
  }

  async heal(): Promise<void> {
    await fetch(`${this.origin}/faults`, { method: 'DELETE' });
  }
}
