/**
 * For every client of the SDK. A call ends within 6 seconds and its backoff, whatever the network does: three attempts
 * of 2 seconds. So the longest function (`notify`, three calls) answers `Unavailable` within the 30 seconds that the
 * workflow gives it, and the queries within the 29 of API Gateway. Connections are kept alive from invocation to
 * invocation.
 */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: true },
  },
};
