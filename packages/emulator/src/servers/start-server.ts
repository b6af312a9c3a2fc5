import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { pythonTool } from './python-tools.ts';

/** A server on this machine that stands in for AWS. */
export interface AwsServer {
  /** Where it listens, like `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  /** What the AWS SDKs and tools read to use it: endpoint, region and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it has written to its log so far. */
  log(): Promise<string>;
  /** Ends it and removes what it kept. */
  stop(): Promise<void>;
}

/** The files of a certificate for 127.0.0.1, of its key, and of the authority that signed it. */
interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly authorityFile: string;
}

/** Where a server runs. */
interface ServerPlace {
  /** Where it may keep files. */
  readonly folder: string;
  readonly endpoint: string;
  readonly certificate: Certificate | undefined;
}

/** How to start a server. */
export interface ServerOptions {
  /** Its name in `serve.py`. */
  readonly name: 'ministack' | 'moto';
  /** The path that answers when it is ready. */
  readonly readyPath: string;
  /** Its own variables. */
  environment?(place: ServerPlace): Readonly<Record<string, string>>;
  /** Serves by TLS, with a certificate that this process trusts, and every process that gets `environment`. */
  readonly secure?: boolean;
}

const credentials = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const startMilliseconds = 60_000;

/**
 * Starts a server on a free port of 127.0.0.1 and waits until it is ready. It keeps its state in its own folder
 * outside the checkout. It ends with `stop` or with this process, however this process ends.
 *
 * @throws Error with the server's log when it does not become ready.
 */
export async function startServer(options: ServerOptions): Promise<AwsServer> {
  const { name, readyPath, environment, secure = false } = options;
  const python = await pythonTool('python');
  const folder = await mkdtemp(join(tmpdir(), `coffee-${name}-`));
  const port = await freePort();
  const endpoint = `${secure ? 'https' : 'http'}://127.0.0.1:${port}`;
  const certificate = secure ? await makeCertificate(python, folder) : undefined;
  const trusted = certificate === undefined ? {} : await trust(certificate);
  const logFile = join(folder, 'log');
  const output = openSync(logFile, 'w');
  const child = spawn(python, [join(import.meta.dirname, 'serve.py'), name, String(port), folder], {
    cwd: folder,
    // Without the AWS variables of this process: a server that stands in for AWS must not look for another.
    env: {
      ...environmentWithoutAws(),
      ...credentials,
      ...trusted,
      TMPDIR: folder,
      ...environment?.({ folder, endpoint, certificate }),
    },
    stdio: ['pipe', output, output],
    detached: true,
  });
  closeSync(output);
  const exit = once(child, 'exit');
  const log = () => readFile(logFile, 'utf8');
  const stop = async () => {
    child.stdin?.end();
    await exit;
    await rm(folder, { recursive: true, force: true });
  };

  const end = Date.now() + startMilliseconds;
  while (!(await isReady(`${endpoint}${readyPath}`))) {
    if (child.exitCode !== null || Date.now() > end) {
      const text = await log();
      await stop();
      throw new Error(`${name} did not start\n${text}`);
    }
    await sleep(100);
  }
  return { endpoint, environment: { ...credentials, ...trusted, AWS_ENDPOINT_URL: endpoint }, log, stop };
}

/** Makes a certificate with a new authority in a folder. */
async function makeCertificate(python: string, folder: string): Promise<Certificate> {
  await promisify(execFile)(python, ['-m', 'trustme', '--quiet', '--dir', folder, '--identities', '127.0.0.1']);
  const file = (name: string) => join(folder, name);
  return { certificateFile: file('server.pem'), keyFile: file('server.key'), authorityFile: file('client.pem') };
}

/** Makes this process trust a certificate, and returns the variables by which Node.js and the CDK do. */
async function trust({ authorityFile }: Certificate): Promise<Readonly<Record<string, string>>> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(authorityFile, 'utf8')]);
  return { NODE_EXTRA_CA_CERTS: authorityFile, AWS_CA_BUNDLE: authorityFile };
}

/** The environment, with this Node.js first in the path: functions on a server run on it too. */
function environmentWithoutAws(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return { ...Object.fromEntries(own), PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
