import { stageOf } from '@coffee/api';
import type { Target } from './customer.ts';

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // whatever the reason, nothing can be read there
  }
}

/**
 * The target at a URL. An embedded system is known by its `/healthz`; anything else is taken for API Gateway. Without a
 * mailbox given, that of an embedded system is used.
 */
export async function findTarget(url: string, mailbox = ''): Promise<Target> {
  const api = stageOf(url);
  const { origin } = new URL(api);
  const embedded = await answers(`${origin}/healthz`);
  const target = { api, edge: embedded ? 'embedded' : 'API Gateway' } as const;
  if (mailbox !== '') return { ...target, mailbox };
  return embedded ? { ...target, mailbox: `${origin}/mailbox` } : target;
}
