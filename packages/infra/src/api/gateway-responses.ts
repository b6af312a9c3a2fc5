import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';

/** The media type of RFC 9457. */
export const problemMediaType = 'application/problem+json';

/** Headers of every answer. API Gateway takes static values in apostrophes. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': "'*'",
  'Access-Control-Expose-Headers': "'Location,Retry-After'",
  'Cache-Control': "'no-store'",
};

/** The header of a problem after which the same request may succeed. */
export const retryAfter: Readonly<Record<string, string>> = { 'Retry-After': "'1'" };

/** A problem as API Gateway fills it in; `detail` may hold a `$context` variable. */
export function problemTemplate(status: number, title: string, code: string, detail: string): string {
  return JSON.stringify({ type: 'about:blank', title, status, detail, code });
}

interface GatewayProblem {
  readonly type: ResponseType;
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const again = 'the same request can be sent again, with the same Idempotency-Key';

const problems: readonly GatewayProblem[] = [
  {
    type: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    title: 'Bad Request',
    code: 'OrderRejected',
    detail: '$context.error.validationErrorString', // API Gateway escapes its quotes
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    title: 'Unsupported Media Type',
    code: 'UnsupportedMediaType',
    detail: 'the content type must be application/json',
  },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    title: 'Too Many Requests',
    code: 'Throttled',
    detail: `too many requests at once; ${again}`,
    headers: retryAfter,
  },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN, // also the answer to an unknown path or method
    status: 404,
    title: 'Not Found',
    code: 'RouteNotFound',
    detail: 'nothing is served at this path by this method',
  },
  {
    type: ResponseType.INTEGRATION_FAILURE,
    status: 502,
    title: 'Bad Gateway',
    code: 'Unavailable',
    detail: `the service behind the API could not be reached; ${again}`,
    headers: retryAfter,
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    title: 'Gateway Timeout',
    code: 'Unavailable',
    detail: `the service behind the API did not answer in time; ${again}`,
    headers: retryAfter,
  },
];

/**
 * Turns the errors of API Gateway itself into problems that a browser may read, the two defaults included. Only a body
 * over 10 MB (`REQUEST_TOO_LARGE`) keeps API Gateway's own answer, 413.
 */
export function addGatewayResponses(api: RestApi): void {
  const add = (type: ResponseType, template: string, headers: Readonly<Record<string, string>> = {}, status?: number) =>
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseHeaders: { ...commonHeaders, ...headers, 'Content-Type': `'${problemMediaType}'` },
      templates: { 'application/json': template },
    });
  for (const { type, status, title, code, detail, headers } of problems) {
    add(type, problemTemplate(status, title, code, detail), headers, status);
  }
  const other = (code: string) =>
    `{"type": "about:blank", "title": "$context.error.responseType", "detail": $context.error.messageString, "code": "${code}"}`;
  add(ResponseType.DEFAULT_4XX, other('RequestRefused'));
  add(ResponseType.DEFAULT_5XX, other('InternalError'));
}
