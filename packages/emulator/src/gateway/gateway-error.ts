interface Defaults {
  readonly status: number;
  readonly message: string;
  /** What the header `x-amzn-ErrorType` says. */
  readonly errorType: string;
}

const types = {
  ACCESS_DENIED: { status: 403, message: 'Forbidden', errorType: 'AccessDeniedException' },
  API_CONFIGURATION_ERROR: {
    status: 500,
    message: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Bad request parameters', errorType: 'BadRequestException' },
  DEFAULT_4XX: { status: 400, message: 'Bad Request', errorType: 'BadRequestException' },
  DEFAULT_5XX: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_FAILURE: {
    status: 504,
    message: 'Network error communicating with endpoint',
    errorType: 'InternalServerErrorException',
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long', errorType: 'RequestEntityTooLargeException' },
  RESOURCE_NOT_FOUND: { status: 404, message: 'Not Found', errorType: 'ResourceNotFoundException' },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type', errorType: 'BadRequestException' },
} as const satisfies Readonly<Record<string, Defaults>>;

/** The kinds of gateway response, as far as this gateway has a use for them. */
export type GatewayErrorType = keyof typeof types;

/** Every type that a template can customize; this gateway never answers with those listed here. */
export const gatewayErrorTypes: readonly string[] = [
  ...Object.keys(types),
  ...['AUTHORIZER_CONFIGURATION_ERROR', 'AUTHORIZER_FAILURE', 'EXPIRED_TOKEN', 'INVALID_API_KEY', 'INVALID_SIGNATURE'],
  ...['QUOTA_EXCEEDED', 'UNAUTHORIZED', 'WAF_FILTERED'],
];

/** An error that API Gateway answers itself, with one of its gateway responses. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly type: GatewayErrorType;
  readonly status: number;
  readonly errorType: string;
  /** `$context.error.validationErrorString`. */
  readonly validationError: string | undefined;

  constructor(
    type: GatewayErrorType,
    options: {
      readonly message?: string;
      readonly status?: number;
      readonly validationError?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(options.message ?? types[type].message, { cause: options.cause });
    this.type = type;
    this.status = options.status ?? types[type].status;
    this.errorType = types[type].errorType;
    this.validationError = options.validationError;
  }
}
