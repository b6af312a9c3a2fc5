import type { Problem } from '@coffee/api';
import { expect } from 'vitest';

/** Expects an `application/problem+json` answer with this code and, when given, an issue at this path. */
export async function expectProblem(
  response: Response,
  status: number,
  code: string,
  path?: readonly string[],
): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({ status, code });
  if (path !== undefined) expect(problem.issues?.map((issue) => issue.path)).toContainEqual(path);
}
