import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const packed = new Set(['.ico', '.png', '.woff2']);

/** Names that cannot lead out of the folder: no segment begins with a dot. */
const plainPath = /^(?:\/[\w~-][\w.~-]*)+$/;

const zip = promisify(gzip);

/** A file of the console. */
export interface ConsoleFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** A strong ETag. */
  readonly tag: string;
  /** Whether its name changes with its content. */
  readonly isHashed: boolean;
  /** Its gzip, or `undefined` when that makes it no smaller. */
  zipped(): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** The files of a built console. What was read is kept until it changes on the disk. */
export class ConsoleFiles {
  #folder: string | undefined;
  readonly #kept = new Map<string, { readonly version: string; readonly file: ConsoleFile }>();

  /** @param folder with `index.html` in it; that of `@coffee/console`, once it is built, unless given. */
  constructor(folder?: string) {
    this.#folder = folder;
  }

  /** The file at a path like `/assets/index-1a2b3c.js`, or `undefined` when there is none. */
  async read(path: string): Promise<ConsoleFile | undefined> {
    if (!plainPath.test(path)) return undefined;
    this.#folder ??= builtConsole();
    if (this.#folder === undefined) return undefined;
    const name = join(this.#folder, path);
    try {
      const { mtimeMs, size } = await stat(name);
      const version = `${mtimeMs} ${size}`;
      const kept = this.#kept.get(path);
      if (kept?.version === version) return kept.file;
      const file = toFile(path, await readFile(name));
      this.#kept.set(path, { version, file });
      return file;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
      throw error;
    }
  }
}

function toFile(path: string, content: Buffer): ConsoleFile {
  const extension = extname(path);
  const bytes = new Uint8Array(content);
  let zipped: Promise<Uint8Array<ArrayBuffer> | undefined> | undefined;
  return {
    bytes,
    type: types[extension] ?? 'application/octet-stream',
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    isHashed: path.startsWith('/assets/'),
    zipped() {
      zipped ??= packed.has(extension)
        ? Promise.resolve(undefined)
        : zip(bytes).then((smaller) => (smaller.length < bytes.length ? new Uint8Array(smaller) : undefined));
      return zipped;
    },
  };
}

const { resolve } = createRequire(import.meta.url);

/** Where `@coffee/console` was built: the folder of its entry. */
function builtConsole(): string | undefined {
  try {
    return dirname(resolve('@coffee/console'));
  } catch {
    return undefined; // not installed, or not built yet
  }
}
