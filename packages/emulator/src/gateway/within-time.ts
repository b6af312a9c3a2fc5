import { GatewayError } from './gateway-error.ts';

/**
 * Waits for a back end, no longer than an integration may take.
 *
 * @throws GatewayError when it took longer; the signal is aborted then.
 */
export async function withinTime<Result>(
  milliseconds: number,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new GatewayError('INTEGRATION_TIMEOUT'));
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([call(controller.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
