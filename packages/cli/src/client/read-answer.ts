import type { OrderIssue } from '@coffee/domain';
import type { ExitCode } from '../failure.ts';
import { exitCodes, Failure, Interrupted } from '../failure.ts';
import { NoAnswer } from './patient-fetch.ts';

/** An error answer: what RFC 9457 calls a problem, or as much of one as the server gave. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly issues?: readonly Pick<OrderIssue, 'path' | 'code' | 'message'>[];
}

const temporary = (status: number) => [429, 502, 503, 504].includes(status);

function exitCodeOf(status: number): ExitCode {
  if (status === 404) return exitCodes.notFound;
  return temporary(status) ? exitCodes.noAnswer : exitCodes.failed;
}

/** The server answered, and refused. */
export class Refused extends Failure {
  override readonly name = 'Refused';
  readonly problem: Problem;

  constructor(problem: Problem, hints: readonly string[] = []) {
    super(exitCodeOf(problem.status), problem.detail, { hints });
    this.problem = problem;
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return { ...this.problem, exitCode: this.exitCode };
  }
}

const again = 'the same command can be given again';

function hintsOf({ status, code }: Problem, response: Response): string[] {
  if (code === 'ExecutionAlreadyExists') {
    const orderid = response.headers.get('location')?.split('/').at(-1);
    const look = orderid === undefined ? [] : [`see how the first order stands: coffee status ${orderid}`];
    return [...look, 'to order once more, omit --idempotency-key or give another'];
  }
  if (status === 429) {
    const seconds = response.headers.get('retry-after');
    return [seconds === null ? `${again} later` : `${again} in ${seconds} s`, '--retry-for SECONDS waits longer'];
  }
  if (temporary(status)) return [`${again} later; --retry-for SECONDS waits longer`];
  if (code === 'RouteNotFound') return [`is this the base URL of the API? ${response.url}`];
  return [];
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw new Interrupted();
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
 * @throws Refused for an error answer, Failure for one that is not JSON.
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
  const hints = ['is this the base URL of the API? Give it with --url URL or COFFEE_URL'];
  throw new Failure(exitCodes.failed, message, { code: 'NotJson', hints });
}
