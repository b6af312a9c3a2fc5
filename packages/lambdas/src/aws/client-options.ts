/**
 * For the clients of the SDK. A call ends within 6 seconds and its backoff, whatever the network does: three attempts
 * of 2 seconds. So the longest function (`notify`: two such calls, and one of {@link publishOptions}) answers `Unavailable`
 * within the 28 seconds that it may take, and the queries within the 29 of API Gateway. Connections are kept alive from invocation to
 * invocation.
 */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    socketTimeout: 2_000, // a body that stalls: requestTimeout ends with the headers
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: true },
  },
};

/**
 * For publishing, which SNS does not deduplicate: one attempt, because the notification log
 * never sees those that the SDK repeats. It waits as long as the time of `notify` allows, since an email whose answer was not
 * awaited may be sent twice. Every call has a connection of its own: one that broke while the function slept looks like an
 * answer that was lost.
 */
export const publishOptions = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 10_000,
    socketTimeout: 10_000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
  },
};
