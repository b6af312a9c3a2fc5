import { Unavailable } from '@coffee/ports';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import PQueue from 'p-queue';
import type { ReadPace } from './read-pace.ts';

/** How many large answers are in memory at once, and how many requests wait for their turn. */
const atOnce = 4;
const mostWaiting = 500;

/** A client that reads nothing for this long is cut off, in milliseconds. */
const stalled = 30_000;

/**
 * Bounds the memory of large answers, however many are asked for: each has its turn until it is written or its client is
 * gone. They are read at a pace that lets orders go first.
 *
 * @throws Unavailable when too many wait.
 */
export function limitReads(pace: ReadPace): MiddlewareHandler<{ Bindings: HttpBindings }> {
  const turns = new PQueue({ concurrency: atOnce });
  return async (context, next) => {
    const { outgoing } = context.env;
    if (turns.size >= mostWaiting) throw new Unavailable('too many reads are waiting');
    const turn = Promise.withResolvers<void>();
    void turns.add(async () => {
      turn.resolve();
      if (!outgoing.closed) await new Promise((written) => outgoing.once('close', written));
    });
    await turn.promise;
    if (outgoing.closed) return context.body(null);
    outgoing.setTimeout(stalled, () => outgoing.destroy());
    await pace.read(next);
    return;
  };
}
