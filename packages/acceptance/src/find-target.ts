import type { Target } from './coffee-client.ts';

/** The base URL of the API: a URL without a path gets the stage of the seed. */
export function apiOf(url: string): string {
  const { origin, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${path === '' ? '/prod' : path}`;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // whatever the reason, nothing can be read there
  }
}

/** The target at a URL. Without a mailbox given, that of an embedded system is found by asking for it. */
export async function findTarget(url: string, mailbox?: string): Promise<Target> {
  const api = apiOf(url);
  if (mailbox !== undefined && mailbox !== '') return { api, mailbox };
  const { origin } = new URL(api);
  const embedded = (await answers(`${origin}/healthz`)) && (await answers(`${origin}/mailbox?limit=1`));
  return embedded ? { api, mailbox: `${origin}/mailbox` } : { api };
}
