import { setMaxListeners } from 'node:events';
import { exitCodes } from '../exit-codes.ts';

/**
 * Runs something that Ctrl-C is to end in an orderly way: the first aborts the signal, the second does not wait.
 */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // as many as there are orders under way
  const onInterrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  try {
    return await run(controller.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
