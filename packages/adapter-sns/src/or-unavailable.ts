import { Unavailable } from '@coffee/ports';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isTransientError>[0];

/** Old credentials, which the provider replaces before the next call, and the topic's key asked for too often. */
const passing = new Set(['ExpiredToken', 'ExpiredTokenException', 'KMSThrottlingException']);

/**
 * Awaits a call of the SDK, which has retried it already. What a later attempt may mend becomes `Unavailable`: what the
 * SDK calls transient or throttling (no connection, no answer in time, 5xx, too many requests, a corrected clock), a
 * throttled key, an aborted request, expired credentials. Everything else is thrown as it is: missing or unknown
 * credentials, a refused permission, a missing topic or a request that is not valid are to be mended by a person, and
 * stop the order where a redrive goes on.
 */
export async function orUnavailable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Error) || !passes(error as SdkError)) throw error;
    throw new Unavailable(`SNS: ${error.message || error.name}`, { cause: error });
  }
}

function passes(error: SdkError): boolean {
  return isTransientError(error) || isThrottlingError(error) || error.name === 'AbortError' || passing.has(error.name);
}
