import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, Failure } from '../failure.ts';
import type { Surroundings } from '../terminal/terminal.ts';

/** What is kept of one sign-in: its tokens, and where they can be refreshed. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** Milliseconds since 1970 UTC; without it the issuer did not say. */
  readonly expiresAt?: number | undefined;
}

/** The user's configuration folder on this system; `undefined` where the environment names none. */
function configurationFolder(env: Surroundings['env'], platform: NodeJS.Platform): string | undefined {
  const home = env.HOME ?? env.USERPROFILE;
  const under = (...names: string[]) => (home === undefined ? undefined : join(home, ...names));
  if (env.XDG_CONFIG_HOME) return join(env.XDG_CONFIG_HOME, 'coffee');
  if (platform === 'darwin') return under('Library', 'Application Support', 'coffee');
  if (platform === 'win32' && env.APPDATA) return join(env.APPDATA, 'coffee');
  return under('.config', 'coffee');
}

/** The sign-ins of this user, by the origin of the server that each is for, in a file that only the user can read. */
export class TokenStore {
  readonly #folder: string | undefined;

  constructor(env: Surroundings['env'], platform: NodeJS.Platform = process.platform) {
    this.#folder = configurationFolder(env, platform);
  }

  /** The file; `undefined` where the user has no configuration folder. */
  get file(): string | undefined {
    return this.#folder === undefined ? undefined : join(this.#folder, 'tokens.json');
  }

  async get(origin: string): Promise<SignIn | undefined> {
    const signIns = await this.#read();
    return Object.hasOwn(signIns, origin) ? signIns[origin] : undefined;
  }

  /** Keeps the sign-in of an origin, or removes it. */
  async set(origin: string, signIn: SignIn | undefined): Promise<void> {
    const { [origin]: _before, ...others } = await this.#read();
    const signIns = signIn === undefined ? others : { ...others, [origin]: signIn };
    if (this.#folder === undefined || this.file === undefined) throw new TypeError('there is no configuration folder');
    await mkdir(this.#folder, { recursive: true });
    await chmod(this.#folder, 0o700); // it may have been there
    // Written beside and renamed, so that no one sees half a file, nor one that others can read.
    const draft = `${this.file}.${process.pid}`;
    try {
      await writeFile(draft, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      await rename(draft, this.file);
    } finally {
      await rm(draft, { force: true });
    }
  }

  async #read(): Promise<Readonly<Record<string, SignIn>>> {
    if (this.file === undefined) return {};
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw this.#unreadable(error);
    });
    try {
      return Object(JSON.parse(text));
    } catch (error) {
      throw this.#unreadable(error);
    }
  }

  #unreadable(error: unknown): Failure {
    const message = `the tokens in ${this.file} cannot be read: ${(error as Error).message}`;
    return new Failure(exitCodes.failed, message, {
      code: 'TokensUnreadable',
      hints: ['delete it, and sign in again'],
    });
  }
}
