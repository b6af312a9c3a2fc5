import type { OrderIssue } from '@coffee/domain';

/** The server refused a request: an answer other than 2xx, by its problem details (RFC 9457) where it has some. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly issues: readonly OrderIssue[];

  constructor(status: number, code: string, message: string, issues: readonly OrderIssue[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

/** No answer came: the server is down, or being restarted. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(cause: unknown) {
    super('The server does not answer. Start it with “npx pnpm start”; this page goes on by itself.', { cause });
  }
}

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly issues?: readonly OrderIssue[];
}

async function problemOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    const { code, title, detail, issues } = JSON.parse(text) as Problem;
    const message = detail ?? title ?? response.statusText;
    return new ApiError(response.status, code ?? `Http${response.status}`, message, issues);
  } catch {
    const message = `The server answered ${response.status} without saying why.`;
    return new ApiError(response.status, `Http${response.status}`, message);
  }
}

async function request(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    throw new Unreachable(error);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Reads JSON.
 *
 * @throws ApiError when the server refuses, Unreachable when there is none.
 */
export async function getJson<Answer>(path: string): Promise<Answer> {
  return (await (await request(path)).json()) as Answer;
}

/**
 * Sends JSON and reads the JSON that is answered; `undefined` when the answer is empty.
 *
 * @throws ApiError when the server refuses, Unreachable when there is none.
 */
export async function sendJson<Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) {
  const headers = { 'content-type': 'application/json' };
  const response = await request(path, {
    method,
    ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** A path with a query of the parameters that are given. */
export function withQuery(path: string, parameters: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
