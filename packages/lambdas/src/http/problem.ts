/** The media type of a {@link Problem}. */
export const problemMediaType = 'application/problem+json';

/** An error as RFC 9457 writes it, with a stable `code` that callers switch on. */
export interface Problem {
  readonly type: 'about:blank';
  /** The phrase of the HTTP status. */
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly [extension: string]: unknown;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Builds a problem; `extra` holds extension members like `issues`. */
export function problem(
  status: number,
  code: string,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
): Problem {
  return { type: 'about:blank', title: titles[status] ?? 'Error', status, detail, code, ...extra };
}
