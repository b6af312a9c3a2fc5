/** How an error of the gateway itself is answered. The template of the body has variables of `$context.error`. */
interface GatewayResponse {
  readonly statusCode?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string;
}

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Headers of several groups; a later group replaces those of the same name, whatever its case. */
export function headersOf(...groups: readonly Readonly<Record<string, string>>[]): Headers {
  const headers = new Headers();
  for (const [name, value] of groups.flatMap((group) => Object.entries(group))) headers.set(name, value);
  return headers;
}

/** The errors that API Gateway answers itself, as far as they can happen here, with its default answers. */
const errors = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource', 'AccessDeniedException'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal server error', 'AuthorizerConfigurationException'],
  AUTHORIZER_FAILURE: [500, 'Internal server error', 'AuthorizerFailureException'],
  BAD_REQUEST_BODY: [400, 'Invalid request body', 'BadRequestException'],
  DEFAULT_5XX: [500, 'Internal server error', 'InternalServerErrorException'],
  INTEGRATION_FAILURE: [504, 'Network error communicating with endpoint', 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestEntityTooLargeException'],
  UNAUTHORIZED: [401, 'Unauthorized', 'UnauthorizedException'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type', 'BadRequestException'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string, errorType: string]>>;

type GatewayErrorType = keyof typeof errors;

/** The types of gateway response that a template may customize. This gateway throttles no one. */
export const gatewayErrorTypes: readonly string[] = [...Object.keys(errors), 'DEFAULT_4XX', 'THROTTLED'].filter(
  (type) => type !== 'REQUEST_TOO_LARGE', // API Gateway ignores a template for it
);

/** An error that API Gateway answers itself. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly type: GatewayErrorType;
  readonly status: number;
  /** `$context.error.validationErrorString`. */
  readonly validationError: string;

  constructor(
    type: GatewayErrorType,
    options: { readonly status?: number; readonly validationError?: string; readonly cause?: unknown } = {},
  ) {
    const [status, message] = errors[type];
    super(message, { cause: options.cause });
    this.type = type;
    this.status = options.status ?? status;
    this.validationError = options.validationError ?? '';
  }
}

/** Answers an error with the gateway response of its type, else with that of its hundred, else as API Gateway does. */
export function answerError(error: GatewayError, responses: Readonly<Record<string, GatewayResponse>>): Answer {
  const { type, message, validationError } = error;
  const byDefault = { headers: {}, template: '{"message":$context.error.messageString}' };
  const fallback = responses[error.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'] ?? byDefault;
  const chosen = type === 'REQUEST_TOO_LARGE' ? byDefault : (responses[type] ?? fallback);
  const { statusCode = error.status, headers, template }: GatewayResponse = chosen;
  const variables: Readonly<Record<string, string>> = {
    messageString: JSON.stringify(message),
    responseType: type,
    validationErrorString: JSON.stringify(validationError).slice(1, -1), // escaped, as it was seen to arrive
  };
  return {
    status: statusCode,
    headers: headersOf({ 'Content-Type': 'application/json', 'x-amzn-ErrorType': errors[type][2] }, headers),
    body: template.replace(/\$context\.error\.(\w+)/g, (_, name: string) => variables[name] ?? ''),
  };
}
