import type { Problem, ProblemCode } from '@coffee/api';
import { problem, problemMediaType } from '@coffee/api';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';

type Headers = Readonly<Record<string, string>>;

/** The headers of every answer of this media type. API Gateway takes static values in apostrophes. */
export function headersOf(mediaType: string, more: Headers = {}): Headers {
  return {
    'Access-Control-Allow-Origin': "'*'",
    'Access-Control-Expose-Headers': "'Location,Retry-After'",
    'Cache-Control': "'no-store'",
    ...more,
    'Content-Type': `'${mediaType}'`,
  };
}

/** The headers of a problem. After some, the same request may succeed. */
export function problemHeaders(code: ProblemCode): Headers {
  const again: readonly ProblemCode[] = ['Throttled', 'Unavailable'];
  return headersOf(problemMediaType, again.includes(code) ? { 'Retry-After': "'1'" } : {});
}

/** A problem whose service did not answer, with the status of a gateway. */
export function unavailable(status: 502 | 503 | 504, what: string): Problem {
  const again = 'the same request can be sent again, with the same Idempotency-Key';
  return problem('Unavailable', `${what}; ${again}`, { status });
}

/**
 * Turns the errors of API Gateway itself into problems that a browser may read, the two defaults included. Only a body
 * over 10 MB (`REQUEST_TOO_LARGE`) keeps API Gateway's own answer, 413. With an issuer, those of the authorizer too.
 */
export function addGatewayResponses(api: RestApi, hasIssuer: boolean): void {
  const add = (type: ResponseType, code: ProblemCode, template: string, status?: number, more: Headers = {}) =>
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseHeaders: { ...problemHeaders(code), ...more },
      templates: { 'application/json': template },
    });
  for (const [type, answer] of [
    // API Gateway escapes the quotes in this variable.
    [ResponseType.BAD_REQUEST_BODY, problem('OrderRejected', '$context.error.validationErrorString')],
    [ResponseType.UNSUPPORTED_MEDIA_TYPE, problem('UnsupportedMediaType')],
    [ResponseType.THROTTLED, problem('Throttled')],
    // Also the answer to an unknown path or method.
    [
      ResponseType.MISSING_AUTHENTICATION_TOKEN,
      problem('RouteNotFound', 'nothing is served at this path by this method'),
    ],
    [ResponseType.INTEGRATION_FAILURE, unavailable(502, 'the service behind the API could not be reached')],
    [ResponseType.INTEGRATION_TIMEOUT, unavailable(504, 'the service behind the API did not answer in time')],
  ] as const) {
    add(type, answer.code as ProblemCode, JSON.stringify(answer), answer.status);
  }
  if (hasIssuer) {
    const authenticate = { 'WWW-Authenticate': "'Bearer'" };
    add(ResponseType.UNAUTHORIZED, 'Unauthorized', JSON.stringify(problem('Unauthorized')), 401, authenticate);
    // All that the authorizer's policy denies.
    const denied = problem('OrderForbidden', 'a vendor places no orders');
    add(ResponseType.ACCESS_DENIED, 'OrderForbidden', JSON.stringify(denied), denied.status);
    const failed = unavailable(503, 'the issuer of the tokens could not be asked');
    add(ResponseType.AUTHORIZER_FAILURE, 'Unavailable', JSON.stringify(failed), failed.status);
  }
  const other = (code: ProblemCode) =>
    `{"type": "about:blank", "title": "$context.error.responseType", "detail": $context.error.messageString, "code": "${code}"}`;
  add(ResponseType.DEFAULT_4XX, 'RequestRefused', other('RequestRefused'));
  add(ResponseType.DEFAULT_5XX, 'InternalError', other('InternalError'));
}
