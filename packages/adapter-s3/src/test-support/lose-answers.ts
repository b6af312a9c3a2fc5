import type { S3Client } from '@aws-sdk/client-s3';

/**
 * Lets the service carry out the next write and loses its answer on the way back, as a broken connection does. The SDK
 * then tries again, and meets its own write.
 */
export function loseAnswerOfNextWrite(client: S3Client): { readonly writes: () => number } {
  let writes = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        if (commandName !== 'PutObjectCommand') return next(request);
        writes += 1;
        const isFirst = writes === 1;
        const answer = await next(request);
        if (!isFirst) return answer;
        throw Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
      },
    // After the SDK's own retries, so that each of its tries comes through here.
    { name: 'loseAnswerOfNextWrite', step: 'finalizeRequest', priority: 'low' },
  );
  return { writes: () => writes };
}
