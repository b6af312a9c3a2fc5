import type { APIGatewayProxyResult } from 'aws-lambda';
import { expect } from 'vitest';

/** Expects a problem that browsers may read and nothing caches, and returns its body. */
export function expectProblem(result: APIGatewayProxyResult, status: number, code: string): Record<string, unknown> {
  expect(result.statusCode).toBe(status);
  expect(result.headers).toMatchObject({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
  });
  const body = JSON.parse(result.body) as Record<string, unknown>;
  expect(body).toMatchObject({ type: 'about:blank', status, code, detail: expect.any(String) });
  return body;
}
