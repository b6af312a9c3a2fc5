import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../local/dist/main.js', import.meta.url));
/** As `pnpm start` runs it. */
const flags = ['--max-semi-space-size=8', '--max-old-space-size=256', main, '--port', '0', '--data'];

/** Processor time by the name of the thread, in microseconds. */
export type ThreadTimes = ReadonlyMap<string, number>;

/** A server as a child process, known by its HTTP answers, its signals and what the kernel says of it. */
export class Server {
  static readonly #all = new Set<Server>();
  readonly process: ChildProcess;
  /** Settles with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  #errors = '';
  origin = '';

  private constructor([command = '', ...parameters]: readonly string[]) {
    this.process = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.process, 'exit').then(([code, signal]) => code ?? signal);
    Server.#all.add(this);
    void this.ended.then(() => Server.#all.delete(this));
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-5000);
    });
  }

  /**
   * Runs the built system, without waiting until it is up.
   *
   * @param wrapper A command that runs it, like `unshare`.
   * @param more Further flags.
   */
  static spawn(data: string, wrapper: readonly string[] = [], more: readonly string[] = []): Server {
    return new Server([...wrapper, process.execPath, ...flags, data, ...more]);
  }

  /** Runs the built system and waits until it is up. */
  static start(data: string, wrapper?: readonly string[], more?: readonly string[]): Promise<Server> {
    return Server.spawn(data, wrapper, more).#started();
  }

  /** Runs another server, one that prints its URL too. */
  static startScript(path: string): Promise<Server> {
    return new Server([process.execPath, path]).#started();
  }

  async #started(): Promise<Server> {
    if (!(await this.up())) throw new Error(`the server ended before it was up: ${this.complaint}`);
    return this;
  }

  /** Ends those that a scenario left behind. */
  static async endAll(): Promise<void> {
    await Promise.all([...Server.#all].map((server) => server.end('SIGKILL')));
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

  /** Waits until no execution is running, at most 10 minutes; answers the seconds it took. */
  async untilEnded(): Promise<number> {
    const since = performance.now();
    for (;;) {
      const { counts } = await this.read<{ counts: { RUNNING: number } }>('/executions?status=RUNNING&limit=1');
      const seconds = Math.round((performance.now() - since) / 1000);
      if (counts.RUNNING === 0 || seconds > 600) return seconds;
      await setTimeout(20);
    }
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

  /** The memory that it holds now, in megabytes (resident set). */
  async memory(): Promise<number> {
    const status = await readFile(`/proc/${this.process.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  }

  /** How many bytes it has written to disks. */
  async written(): Promise<number> {
    const io = await readFile(`/proc/${this.process.pid}/io`, 'utf8');
    return Number(/^write_bytes: (\d+)/m.exec(io)?.[1]);
  }

  /** What each of its threads has used of the processors. The kernel counts in ticks of 10 ms. */
  async threadTimes(): Promise<ThreadTimes> {
    const times = new Map<string, number>();
    const tasks = `/proc/${this.process.pid}/task`;
    for (const task of await readdir(tasks)) {
      const stat = await readFile(`${tasks}/${task}/stat`, 'latin1').catch(() => '');
      const name = /\((.*)\)/.exec(stat)?.[1];
      const [user, system] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13);
      if (name !== undefined) times.set(name, (times.get(name) ?? 0) + (Number(user) + Number(system)) * 10_000);
    }
    return times;
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
