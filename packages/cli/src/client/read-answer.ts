import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failures/failure.ts';
import { NoAnswer } from '../failures/no-answer.ts';
import type { Problem } from '../failures/refused.ts';
import { Refused } from '../failures/refused.ts';

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw new NoAnswer(response.url, error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says what was expected
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const again = 'the same command can be given again';

function hintsOf({ status, code }: Problem, response: Response): string[] {
  if (code === 'ExecutionAlreadyExists') {
    const orderid = response.headers.get('location')?.split('/').at(-1);
    const look = orderid === undefined ? [] : [`see how the first order stands: coffee status ${orderid}`];
    return [...look, 'to order once more, leave --idempotency-key out or give another'];
  }
  if (status === 429) {
    const seconds = response.headers.get('retry-after');
    return [seconds === null ? `${again} later` : `${again} in ${seconds} s`, '--retry-for SECONDS waits longer'];
  }
  if (status === 502 || status === 503 || status === 504) return [`${again} later; --retry-for SECONDS waits longer`];
  if (code === 'RouteNotFound') return [`is this the base URL of the API? ${response.url}`];
  return [];
}

function problemOf(response: Response, body: unknown): Problem {
  const { status, statusText } = response;
  const { code, detail, issues, message } = isObject(body) ? body : {};
  return {
    status,
    code: typeof code === 'string' ? code : 'Error',
    detail: String(detail ?? message ?? (statusText === '' ? 'the server gives no reason' : statusText)),
    ...(Array.isArray(issues) ? { issues: issues as NonNullable<Problem['issues']> } : {}),
  };
}

/**
 * The JSON of an answer.
 *
 * @throws Refused for an error answer, Failure for one that is no JSON.
 */
export async function readAnswer<T>(response: Response): Promise<T> {
  const body = parse(await textOf(response));
  if (!response.ok) {
    const problem = problemOf(response, body);
    throw new Refused(problem, hintsOf(problem, response));
  }
  if (body !== undefined) return body as T;
  const type = response.headers.get('content-type') ?? 'no content type';
  const message = `${response.url} answered ${response.status}, but not with JSON (${type})`;
  const hints = ['is this the base URL of the API? Say where it is with --url URL or COFFEE_URL'];
  throw new Failure(exitCodes.failed, message, { code: 'NotJson', hints });
}
