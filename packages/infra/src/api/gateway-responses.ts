import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { commonHeaders, problemMediaType, problemTemplate } from './problem-json.ts';

interface GatewayProblem {
  readonly type: ResponseType;
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const again = 'the same request can be sent again, with the same Idempotency-Key';
const retryAfter = { 'Retry-After': "'1'" };

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
  // API Gateway answers so for a path or method that it does not know.
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
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
 * Turns the errors of API Gateway itself into problems that a browser may read, the two defaults included. Only what is
 * over 10 MB (`REQUEST_TOO_LARGE`) cannot be turned: the answer is its own 413.
 */
export function addGatewayResponses(api: RestApi): void {
  for (const { type, status, title, code, detail, headers } of problems) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: { ...commonHeaders, ...headers, 'Content-Type': `'${problemMediaType}'` },
      templates: { 'application/json': problemTemplate(status, title, code, detail) },
    });
  }
  for (const [type, code] of [
    [ResponseType.DEFAULT_4XX, 'RequestRefused'],
    [ResponseType.DEFAULT_5XX, 'InternalError'],
  ] as const) {
    api.addGatewayResponse(type.responseType, {
      type,
      responseHeaders: { ...commonHeaders, 'Content-Type': `'${problemMediaType}'` },
      templates: {
        'application/json': `{"type": "about:blank", "title": "$context.error.responseType", "detail": $context.error.messageString, "code": "${code}"}`,
      },
    });
  }
}
