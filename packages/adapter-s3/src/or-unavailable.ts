import { Unavailable } from '@coffee/ports';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isTransientError>[0];

/** Old credentials that the provider replaces: the next call is signed with new ones. */
const expired = new Set(['ExpiredToken', 'ExpiredTokenException']);

/**
 * Awaits a call of the SDK, which has retried it already. What a later attempt may mend becomes `Unavailable`: what the
 * SDK calls transient or throttling (no connection, no answer in time, 5xx, too many requests, a corrected clock), an
 * aborted request, expired credentials. Everything else is thrown as it is: missing or unknown credentials, a refused
 * permission, a missing bucket or a request that is not valid are to be mended by a person, and stop the order where a
 * redrive goes on.
 */
export async function orUnavailable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Error) || !passes(error as SdkError)) throw error;
    throw new Unavailable(`S3: ${error.message || error.name}`, { cause: error });
  }
}

function passes(error: SdkError): boolean {
  return isTransientError(error) || isThrottlingError(error) || error.name === 'AbortError' || expired.has(error.name);
}
