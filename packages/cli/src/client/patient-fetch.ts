import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, NoAnswer } from '../failures/no-answer.ts';
import { retryAfter } from './retry-after.ts';

/** Longer than API Gateway takes to give up, 29 seconds. */
const timeoutMilliseconds = 35_000;

/** How long to wait for a server that is busy. */
export interface Patience {
  /** Sends again for so long. */
  readonly milliseconds: number;
  /** Told before each pause. */
  readonly onPause: (reason: string, milliseconds: number) => void;
  readonly signal?: AbortSignal;
}

const busy = new Set([429, 502, 503, 504]);
const lost = new Set(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE']);

async function attempt(url: string, init: RequestInit): Promise<Response | { readonly lost: unknown }> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMilliseconds) });
  } catch (error) {
    if (lost.has(codeOf(error))) return { lost: error };
    throw new NoAnswer(url, error);
  }
}

/**
 * Fetches, and sends the same request again while the server says it is busy or loses the connection: after the pause
 * that `Retry-After` asks for, or a growing one. So a request must be safe to repeat. Answers the last response when
 * the patience is not enough for the next pause.
 *
 * @throws NoAnswer when there is no server.
 */
export async function patientFetch(url: string, init: RequestInit, patience: Patience): Promise<Response> {
  const deadline = Date.now() + patience.milliseconds;
  for (let backoff = 250; ; backoff *= 2) {
    const outcome = await attempt(url, init);
    const answered = outcome instanceof Response;
    if (answered && !busy.has(outcome.status)) return outcome;
    const asked = answered ? retryAfter(outcome.headers.get('retry-after')) : undefined;
    const pause = asked ?? backoff * (0.5 + Math.random() / 2);
    if (Date.now() + pause > deadline || patience.signal?.aborted) {
      if (answered) return outcome;
      throw new NoAnswer(url, outcome.lost);
    }
    if (answered) await outcome.body?.cancel();
    patience.onPause(answered ? `the server is busy (${outcome.status})` : 'the connection was lost', pause);
    await sleep(pause, undefined, patience.signal ? { signal: patience.signal } : {}).catch(() => undefined);
  }
}
