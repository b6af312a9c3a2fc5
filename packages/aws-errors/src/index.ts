import type { CallOptions } from '@coffee/ports';
import { Unavailable } from '@coffee/ports';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isTransientError>[0];

/** Expired credentials, which the provider replaces before the next call, and a key that is asked for too often. */
const passing = new Set(['AbortError', 'ExpiredToken', 'ExpiredTokenException', 'KMSThrottlingException']);

/**
 * Awaits a call of the AWS SDK, which has retried it already. What a later attempt may mend becomes `Unavailable`: what the
 * SDK calls transient or throttling (no connection, no answer in time, 5xx, too many requests, a corrected clock), a
 * throttled key, an aborted request, expired credentials. Everything else is thrown as it is: missing or unknown
 * credentials, a refused permission, a missing table, bucket or topic, and an invalid request need a person, and stop the
 * order where a redrive continues it.
 *
 * @param service For the message: `DynamoDB`, `S3`, `SNS`.
 * @param options Those of the port's call: an aborted signal becomes the cause.
 */
export async function orUnavailable<T>(service: string, call: Promise<T>, options: CallOptions = {}): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { signal } = options;
    if (signal?.aborted) throw new Unavailable(`${service}: the call was aborted`, { cause: signal.reason });
    if (!(error instanceof Error) || !passes(error as SdkError)) throw error;
    throw new Unavailable(`${service}: ${error.message || error.name}`, { cause: error });
  }
}

/** The options of `client.send` for the options of a port's call. */
export function sendOptions({ signal }: CallOptions = {}): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

/** Tells an error of the SDK by its name. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Tells an error of the SDK by the HTTP status of its answer: conditional writes have no error class of their own. */
export function hasStatus(error: unknown, status: number): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return error instanceof Error && $metadata?.httpStatusCode === status;
}

function passes(error: SdkError): boolean {
  return isTransientError(error) || isThrottlingError(error) || passing.has(error.name);
}
