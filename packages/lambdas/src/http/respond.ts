import type { APIGatewayProxyResult } from 'aws-lambda';
import { problem, problemMediaType } from './problem.ts';

const headers = { 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' };

/** A JSON answer. */
export function respond(statusCode: number, body: unknown): APIGatewayProxyResult {
  return { statusCode, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** A problem as the answer. */
export function respondProblem(
  status: number,
  code: string,
  detail: string,
  options: {
    readonly extra?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: { ...headers, 'Content-Type': problemMediaType, ...options.headers },
    body: JSON.stringify(problem(status, code, detail, options.extra)),
  };
}
