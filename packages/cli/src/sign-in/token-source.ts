import { isPrivate } from '../client/addresses.ts';
import { UsageError } from '../failure.ts';
import type { Surroundings } from '../terminal/terminal.ts';
import { refresh } from './issuer.ts';
import { TokenStore } from './token-store.ts';

/** A token is refreshed so many milliseconds before it expires: it must not do so on its way. */
const early = 30_000;

interface Held {
  readonly token?: string | undefined;
  readonly goodUntil: number;
}

/**
 * Gets the token for a server at each request: `COFFEE_TOKEN`, or that of the sign-in for this very origin, refreshed when
 * it is about to expire. `undefined` when there is none, as for an open server.
 *
 * @throws UsageError when a token would travel where others can read it.
 * @throws Failure when a token cannot be refreshed.
 */
export function tokenSource(origin: string, env: Surroundings['env']): () => Promise<string | undefined> {
  const store = new TokenStore(env);
  const load = async (): Promise<Held> => {
    const held = env.COFFEE_TOKEN
      ? { token: env.COFFEE_TOKEN, goodUntil: Number.POSITIVE_INFINITY }
      : await ofSignIn(store, origin);
    if (held.token !== undefined) assertPrivate(origin);
    return held;
  };
  let loading: Promise<Held> | undefined;
  return async () => {
    loading ??= load();
    const seen = loading;
    const { goodUntil } = await seen;
    if (Date.now() >= goodUntil && loading === seen) loading = load(); // once for all requests that wait
    return (await loading).token;
  };
}

/** @throws UsageError when others could read a token on its way to this origin. */
export function assertPrivate(origin: string): void {
  if (isPrivate(origin)) return;
  throw new UsageError(`others could read a token on its way to ${origin}`, [
    'tokens are sent over https, or on this machine',
  ]);
}

async function ofSignIn(store: TokenStore, origin: string): Promise<Held> {
  const kept = await store.get(origin);
  if (kept === undefined) return { goodUntil: Number.POSITIVE_INFINITY };
  const { accessToken: token, refreshToken, expiresAt = Number.POSITIVE_INFINITY } = kept;
  if (Date.now() < expiresAt - early || refreshToken === undefined) return { token, goodUntil: expiresAt - early };
  const renewed = await refresh({ ...kept, refreshToken }).catch(async (error: unknown) => {
    const latest = await store.get(origin); // another command may have used the refresh token, which serves once
    if (latest === undefined || latest.accessToken === token) throw error;
    return latest;
  });
  await store.set(origin, renewed);
  return { token: renewed.accessToken, goodUntil: (renewed.expiresAt ?? Number.POSITIVE_INFINITY) - early };
}
