import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LoadGenerator } from './load.ts';

const packages = ['@restatedev/restate-server@1.7.12', '@restatedev/restate-sdk@1.17.2'];

/** An order there: the same three durable steps, which only answer what ours store. */
const service = (port: number) => `
import { createServer } from 'node:http2';
import { createEndpointHandler, service } from '@restatedev/restate-sdk';
const order = async (context, { order }) => {
  const placed = await context.run('task_put_item', () => ({ orderid: context.rand.uuidv4(), order, total: '7.00' }));
  await context.run('task_put_object', () => ({ objectKey: '2026/11/' + order.accountid, line: placed }));
  await context.run('task_notify', () => ({ id: placed.orderid, subject: 'Coffee order', text: JSON.stringify(placed) }));
  return placed;
};
createServer(createEndpointHandler({ services: [service({ name: 'coffee', handlers: { order } })] }))
  .listen(${port}, '127.0.0.1');
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Runs a command in a folder to its end, and answers its standard output. */
async function output(folder: string, command: string, ...parameters: string[]): Promise<string> {
  const child = spawn(command, parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with ${code}`);
  return text;
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await reached().catch(() => false)) return;
    await setTimeout(100);
  }
  throw new Error('Restate was not up within 30 seconds');
}

/** A Restate server that runs orders, installed into a folder from npm. Its licence is not an open one. */
export class Restate {
  /** What it says of syncing its log to the disk. */
  readonly sync: string;
  readonly #load: LoadGenerator;
  readonly #end: () => void;

  private constructor(sync: string, load: LoadGenerator, end: () => void) {
    this.sync = sync;
    this.#load = load;
    this.#end = end;
  }

  static async start(folder: string, bodies: readonly string[]): Promise<Restate> {
    await output(folder, 'npm', 'install', '--no-save', '--ignore-scripts', '--silent', ...packages);
    const [ours, ingress, admin, node] = [await freePort(), await freePort(), await freePort(), await freePort()];
    await writeFile(join(folder, 'service.mjs'), service(ours));
    const program = join(folder, 'node_modules', '.bin', 'restate-server');
    const address = (port: number) => `127.0.0.1:${port}`;
    const env = {
      ...process.env,
      RESTATE_BASE_DIR: join(folder, 'restate'),
      RESTATE_BIND_ADDRESS: address(node),
      RESTATE_INGRESS__BIND_ADDRESS: address(ingress),
      RESTATE_ADMIN__BIND_ADDRESS: address(admin),
      RESTATE_LISTEN_MODE: 'tcp',
      RESTATE_DISABLE_TELEMETRY: 'true',
    };
    const settings = await output(folder, program, '--dump-config');
    const sync = settings.match(/^rocksdb-disable-wal(?:-fsync)? = \w+$/gm)?.join(', ') ?? 'unknown';
    const children = [
      spawn(process.execPath, [join(folder, 'service.mjs')], {
        env: { ...process.env, RESTATE_LOGGING: 'ERROR' },
        stdio: ['ignore', 'ignore', 'inherit'],
        detached: true,
      }),
      // The program of the package starts the server as a process of its own: the group of both is ended.
      spawn(program, ['--no-logo'], { env, stdio: 'ignore', detached: true }),
    ];
    const end = () => {
      const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
      for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    };
    try {
      const deployment = { method: 'POST', body: JSON.stringify({ uri: `http://${address(ours)}` }) };
      const headers = { 'content-type': 'application/json' };
      await until(async () => (await fetch(`http://${address(admin)}/deployments`, { ...deployment, headers })).ok);
      return new Restate(sync, new LoadGenerator(`http://${address(ingress)}/coffee`, bodies), end);
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Orders a second, each until its last step. */
  rate(amount: number): Promise<number> {
    return this.#load.closedLoop(amount);
  }

  end(): void {
    this.#end();
  }
}
