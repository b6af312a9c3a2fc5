import type { Problem } from '@coffee/api';
import { problem, problemMediaType } from '@coffee/api';
import type { APIGatewayProxyResult } from 'aws-lambda';

const headers = { 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' };

/** A JSON answer. */
export function respond(statusCode: number, body: unknown): APIGatewayProxyResult {
  return { statusCode, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

const moreHeaders: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Unauthorized: { 'WWW-Authenticate': 'Bearer' },
  Unavailable: { 'Retry-After': '1' },
};

/** A problem as the answer, with a `Retry-After` when a retry helps. */
export function respondProblem(body: Problem): APIGatewayProxyResult {
  const more = moreHeaders[body.code] ?? {};
  return {
    statusCode: body.status,
    headers: { ...headers, 'Content-Type': problemMediaType, ...more },
    body: JSON.stringify(body),
  };
}

/** Errors that callers can fix; their messages are written for them. */
const callerErrors = ['InvoiceKeyRejected', 'InvoiceNotFound', 'OrderNotFound'] as const;

/** Answers the errors that callers can fix; any other is a defect and is passed on to Lambda. */
export async function answerErrors(answer: () => Promise<APIGatewayProxyResult>): Promise<APIGatewayProxyResult> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'Unavailable') return respondProblem(problem('Unavailable'));
    const code = callerErrors.find((name) => name === error.name);
    if (code === undefined) throw error;
    return respondProblem(problem(code, error.message));
  }
}
