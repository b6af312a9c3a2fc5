import { issueLimit } from '@coffee/domain';

/** The media type of a {@link Problem}. */
export const problemMediaType = 'application/problem+json';

/** One broken rule of a request: where, which, and a sentence that names both. */
export interface Issue {
  /** The keys from the body or the query inward. */
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** An error as RFC 9457 writes it, with a stable `code` that callers switch on. */
export interface Problem {
  readonly type: 'about:blank';
  /** The phrase of the HTTP status. */
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** A {@link ProblemCode}, or what something in front of the API calls its own error. */
  readonly code: string;
  /** The first 100. */
  readonly issues?: readonly Issue[];
  /** How many issues there are besides. */
  readonly moreIssues?: number;
  readonly [extension: string]: unknown;
}

/** Each code, its status, and its default detail. */
const catalogue = {
  OrderRejected: [400, 'the body or its order breaks a rule; `issues` lists the first 100'],
  MalformedJson: [400, 'the body must be JSON in UTF-8'],
  IdempotencyKeyRejected: [400, 'Idempotency-Key must be 1 to 80 of the characters A-Z a-z 0-9 _ -'],
  ParameterRejected: [400, 'a parameter is missing, repeated or breaks a rule'],
  InvoiceKeyRejected: [400, 'the objectKey is not `year/month/accountid`'],
  FaultRejected: [400, 'the fault breaks a rule'],
  BackupRejected: [400, 'the backup cannot be written there'],
  RequestRefused: [400, 'the gateway refuses the request'],
  Unauthorized: [401, 'a valid token must be sent: `Authorization: Bearer …`'],
  OrderForbidden: [403, 'this caller may not place orders for this account'],
  OperatorRequired: [403, 'only an operator may do this'],
  LinkRejected: [403, 'this link has expired, was changed, or leads to no invoice'],
  HostRejected: [403, 'this server does not answer to this Host; --host-name adds one'],
  OriginRejected: [403, 'only the pages of this server may change something here'],
  OrderNotFound: [404, 'there is no such order'],
  InvoiceNotFound: [404, 'there is no such invoice'],
  ExecutionNotFound: [404, 'there is no such execution'],
  RouteNotFound: [404, 'nothing is served at this path'],
  MethodNotAllowed: [405, 'this path does not have the method'],
  ExecutionAlreadyExists: [409, 'the Idempotency-Key is that of an execution that has ended or has another body'],
  ExecutionNotRedrivable: [409, 'only a failed execution can be redriven'],
  PayloadTooLarge: [413, 'the body must not be larger than 262144 bytes'],
  UnsupportedMediaType: [415, 'the content type must be application/json, without a content encoding'],
  Throttled: [429, 'too many requests at once; the same request can be sent again, with the same Idempotency-Key'],
  Damaged: [500, 'a store holds something that cannot be read; someone has to look'],
  InternalError: [500, 'this is a defect; the log of the process has the details'],
  KeptElsewhere: [501, 'orders and invoices are kept on AWS, and are not browsed from here'],
  Unavailable: [503, 'a store did not answer; the same request can be sent again'],
} as const satisfies Readonly<Record<string, readonly [status: number, text: string]>>;

/** What went wrong, for programs. */
export type ProblemCode = keyof typeof catalogue;

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** What a {@link problem} may hold besides its code and detail. */
export interface ProblemExtra {
  /** Replaces the status of the code, for a gateway that has several for one code. */
  readonly status?: number;
  readonly issues?: readonly Issue[];
  readonly [extension: string]: unknown;
}

/** Builds the problem of a code. The detail defaults to the text of the catalogue. */
export function problem(code: ProblemCode, detail: string = catalogue[code][1], extra: ProblemExtra = {}): Problem {
  const { status = catalogue[code][0], ...members } = extra;
  return { type: 'about:blank', title: titles[status] ?? 'Error', status, detail, code, ...members };
}

/**
 * Builds the problem of a request that breaks several rules: its detail is the messages of the first 100 issues.
 * `moreIssues` counts issues that `issues` does not hold.
 */
export function rejection(code: ProblemCode, issues: readonly Issue[], moreIssues = 0): Problem {
  const told = issues.slice(0, issueLimit);
  const more = moreIssues + issues.length - told.length;
  const messages = told.map(({ message }) => message);
  if (more === 0) return problem(code, messages.join('; '), { issues: told });
  return problem(code, [...messages, `and ${more} more`].join('; '), { issues: told, moreIssues: more });
}
