import { problem, problemMediaType } from '@coffee/lambdas';
import type { Context } from 'hono';

/** Answers `application/problem+json` (RFC 9457). */
export function answerProblem(
  context: Context,
  status: number,
  code: string,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
): Response {
  return context.body(JSON.stringify(problem(status, code, detail, extra)), status as 400, {
    'Content-Type': problemMediaType,
    'Cache-Control': 'no-store',
  });
}
