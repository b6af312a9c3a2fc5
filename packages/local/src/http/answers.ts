import type { Problem } from '@coffee/api';
import { problemMediaType } from '@coffee/api';
import type { Context } from 'hono';

/** Answers `application/problem+json` (RFC 9457). */
export const answerProblem = (context: Context, problem: Problem): Response =>
  context.body(JSON.stringify(problem), problem.status as 400, {
    'Content-Type': problemMediaType,
    'Cache-Control': 'no-store',
  });

/** Answers JSON that may be other the next time. */
export const answerFresh = (context: Context, body: object, status: 200 | 202 = 200): Response =>
  context.json(body, status, { 'Cache-Control': 'no-store' });
