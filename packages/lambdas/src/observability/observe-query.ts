import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Outcome } from './observe.ts';
import { observe } from './observe.ts';

/** Observes a query behind API Gateway, which answers its errors by their status. */
export function observeQuery(
  name: string,
  metric: string,
  handle: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>,
): (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult> {
  return observe({ name, metric, outcomeOf }, handle);
}

function outcomeOf({ statusCode: status, body }: APIGatewayProxyResult): Outcome {
  if (status < 400) return { outcome: 'succeeded', status };
  const { code } = JSON.parse(body) as { readonly code: string };
  return { outcome: status < 500 ? 'refused' : 'failed', status, error_name: code };
}
