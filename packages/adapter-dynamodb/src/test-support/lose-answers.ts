import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Lets the service carry out the next call and loses its answer on the way back, as a broken connection does. The SDK
 * then tries again, and meets its own write.
 */
export function loseNextAnswer(client: DynamoDBDocumentClient): { readonly attempts: () => number } {
  let attempts = 0;
  const name = 'loseNextAnswer';
  client.middlewareStack.add(
    (next) => async (request) => {
      attempts += 1;
      const answer = await next(request);
      if (attempts > 1) return answer;
      throw Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
    },
    // After the SDK's own retries, so that each of its tries comes through here.
    { name, step: 'finalizeRequest', priority: 'low' },
  );
  return { attempts: () => attempts };
}
