import type { Issuer as IssuerAnswer } from '@coffee/api';
import type { Principal } from '@coffee/domain';
import type { Issuer, IssuerDescription, Proof, Tokens } from './issuer.ts';

export type SessionState =
  /** Not known yet, or on the way to the issuer. */
  | { readonly kind: 'starting' }
  /** The server trusts no issuer, and asks for no token. */
  | { readonly kind: 'open' }
  /** Without a caller, only the server can read the token. */
  | { readonly kind: 'signed-in'; readonly caller: Principal | undefined }
  /** With a reason, something went wrong. */
  | { readonly kind: 'signed-out'; readonly reason?: string | undefined };

/** What a session needs of its surroundings. */
export interface Surroundings {
  /** The address of the page. */
  readonly url: () => URL;
  /** Goes to a page of another server. To replace is to leave no entry in the history. */
  readonly leaveFor: (page: URL, options: { readonly replace: boolean }) => void;
  /** Changes the address to another page of the console. */
  readonly show: (path: string) => void;
  /** Of this tab, until it is closed. Throws when it is switched off. */
  readonly storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** `GET /issuer`. */
  readonly readIssuer: () => Promise<IssuerAnswer>;
}

/** Where the browser comes back to from the issuer. */
export const callbackPath = '/console/signed-in';

const attemptKey = 'coffee-console:sign-in';
const signedOutKey = 'coffee-console:signed-out';

/** What the tab remembers while the browser is at the issuer. */
interface Attempt extends Proof {
  readonly path: string;
}

/** A token is refreshed so many milliseconds before it expires: it must not do so on its way. */
const early = 30_000;

/**
 * Who is signed in. Tokens are kept in memory only: another page cannot read them, and a reload asks the issuer again,
 * silently at first. The tab's storage holds the proof of a sign-in for its round trip, which is useless without the code.
 */
export class Session {
  #state: SessionState = { kind: 'starting' };
  readonly #surroundings: Surroundings;
  readonly #listeners = new Set<() => void>();
  /** The answer of the issuer, when that is what this page was opened with. */
  readonly #answer: { readonly url: URL; readonly attempt: Attempt | undefined } | undefined;
  #begun: Promise<void> | undefined;
  #description: IssuerDescription | undefined;
  #issuer: Issuer | undefined;
  #tokens: Tokens | undefined;
  #refreshing: Promise<void> | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    const url = surroundings.url();
    if (url.pathname !== callbackPath) return;
    const storage = surroundings.storage();
    const text = storage.getItem(attemptKey);
    storage.removeItem(attemptKey);
    const attempt = text === null ? undefined : (JSON.parse(text) as Attempt);
    this.#answer = { url, attempt };
    surroundings.show(attempt?.path ?? '/'); // the code must not stay in the history
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Calls back after every change of the state, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * The token to send; `undefined` for an open server. Waits until it is known who is signed in.
   *
   * @throws DOMException `AbortError` when no one is, and what reading the issuer throws.
   */
  readonly token = async (): Promise<string | undefined> => {
    this.#begun ??= this.#begin().catch((error: unknown) => {
      this.#begun = undefined; // the server did not answer: the next call asks again
      throw error;
    });
    await this.#begun;
    if (this.#state.kind === 'open') return undefined;
    const { refreshToken, expiresAt = 0 } = this.#tokens ?? {};
    if (refreshToken !== undefined && Date.now() > expiresAt - early) {
      this.#refreshing ??= this.#refresh(refreshToken).finally(() => {
        this.#refreshing = undefined;
      });
      await this.#refreshing;
    }
    if (this.#tokens === undefined) throw new DOMException('You are signed out.', 'AbortError');
    return this.#tokens.accessToken;
  };

  /** The server answered 401. */
  refused(): void {
    if (this.#tokens === undefined) return;
    this.#tokens = undefined;
    this.#become({ kind: 'signed-out', reason: 'The server no longer accepts this sign-in. Sign in again.' });
  }

  /** Goes to the issuer to sign in, and comes back to the page that is shown. */
  async signIn(): Promise<void> {
    await this.#orSignedOut(async () => {
      this.#surroundings.storage().removeItem(signedOutKey);
      await this.#visit({ isSilent: false });
    });
  }

  /** Forgets the tokens, and ends the session at the issuer where it can be ended. */
  signOut(): void {
    const { storage, leaveFor, url } = this.#surroundings;
    const page = this.#issuer?.signOutPage(this.#tokens?.idToken, `${url().origin}/`);
    this.#tokens = undefined;
    storage().setItem(signedOutKey, 'yes');
    this.#become({ kind: 'signed-out' });
    if (page !== undefined) leaveFor(page, { replace: true });
  }

  async #begin(): Promise<void> {
    const { issuer, audience, clientid } = await this.#surroundings.readIssuer();
    if (issuer === undefined || audience === undefined || clientid === undefined) return this.#become({ kind: 'open' });
    this.#description = { issuer, audience, clientid };
    await this.#orSignedOut(async () => {
      const { url, attempt } = this.#answer ?? {};
      if (url !== undefined && attempt !== undefined) {
        this.#tokens = await (await this.#discovered()).redeem(url, attempt);
        const { callerOf } = await import('./issuer.ts');
        return this.#become({ kind: 'signed-in', caller: callerOf(this.#tokens.accessToken) });
      }
      if (this.#surroundings.storage().getItem(signedOutKey) !== null) return this.#become({ kind: 'signed-out' });
      await this.#visit({ isSilent: true });
      await new Promise(() => undefined); // this page is about to be left
    });
  }

  async #discovered(): Promise<Issuer> {
    if (this.#description === undefined) throw new Error('There is no issuer to sign in at.');
    const { Issuer } = await import('./issuer.ts'); // an open system does without
    const redirectUri = `${this.#surroundings.url().origin}${callbackPath}`;
    this.#issuer ??= await Issuer.discover(this.#description, redirectUri);
    return this.#issuer;
  }

  async #visit({ isSilent }: { readonly isSilent: boolean }): Promise<void> {
    const { url, storage, leaveFor } = this.#surroundings;
    const { page, ...proof } = await (await this.#discovered()).signInPage(isSilent);
    const { pathname, search, hash } = url();
    storage().setItem(attemptKey, JSON.stringify({ ...proof, path: `${pathname}${search}${hash}` } satisfies Attempt));
    leaveFor(page, { replace: isSilent });
  }

  /** A failure leads back to the page that signs in, which tells it. */
  async #orSignedOut(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { reasonOf } = await import('./issuer.ts');
      this.#become({ kind: 'signed-out', reason: reasonOf(error) });
    }
  }

  async #refresh(refreshToken: string): Promise<void> {
    const refreshed = await this.#issuer?.refresh(refreshToken).catch(() => undefined);
    // Of a token that could not be refreshed, the server decides. Whoever signed out meanwhile stays so.
    if (this.#tokens !== undefined && refreshed !== undefined) this.#tokens = refreshed;
  }

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
