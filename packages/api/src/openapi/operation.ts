import type * as z from 'zod/mini';
import type { oas31, ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { ProblemCode } from '../problems.ts';
import { problem, problemMediaType } from '../problems.ts';

type Header = oas31.HeaderObject;

/** What an operation has besides its name and its answer. */
interface Details extends Pick<ZodOpenApiOperationObject, 'description' | 'requestParams' | 'requestBody'> {
  /** Of the answer that is not a problem. Defaults to 200. */
  readonly status?: '202' | '204';
  /**
   * Every problem it answers, besides `InternalError`, `Unauthorized` unless it is open, and, when a store can be
   * unavailable, `Damaged`.
   */
  readonly problems?: readonly ProblemCode[];
  /** Whether it needs no token, even where callers are known. */
  readonly isOpen?: true;
  /** Examples of problems, by code. */
  readonly problemExamples?: Readonly<Partial<Record<ProblemCode, unknown>>>;
}

/** An operation, with its problems by code. */
export interface Operation extends Details {
  readonly operationId: string;
  readonly summary: string;
  readonly answer: ZodOpenApiResponseObject;
}

const by =
  <Method extends string>(method: Method) =>
  (operationId: string, summary: string, answer: ZodOpenApiResponseObject, details: Details = {}) =>
    ({ [method]: { operationId, summary, answer, ...details } }) as Record<Method, Operation>;

export const [get, post, put, del] = [by('get'), by('post'), by('put'), by('delete')];

/** An answer of JSON. */
export const json = (
  description: string,
  schema: z.ZodMiniType,
  example?: unknown,
  { headers, links }: Pick<ZodOpenApiResponseObject, 'headers' | 'links'> = {},
): ZodOpenApiResponseObject => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  ...(links === undefined ? {} : { links }),
});

/** A request body of JSON. */
export const body = (schema: z.ZodMiniType, example: unknown) => ({
  required: true,
  content: { 'application/json': { schema, example } },
});

export const location: Header = {
  description: 'Where to read the state of the order.',
  required: true,
  schema: { type: 'string', format: 'uri-reference' },
};
const retryAfter: Header = {
  description: 'Seconds to wait before trying again.',
  required: true,
  schema: { type: 'integer', minimum: 1 },
};
const authenticate: Header = {
  description: '`Bearer`, with `error="invalid_token"` when a token was sent.',
  required: true,
  schema: { type: 'string' },
};
const headersOf: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, Header>>>>> = {
  ExecutionAlreadyExists: { Location: location },
  Unauthorized: { 'WWW-Authenticate': authenticate },
  Unavailable: { 'Retry-After': retryAfter },
};

function problemResponse(
  codes: readonly ProblemCode[],
  examples: Operation['problemExamples'] = {},
): ZodOpenApiResponseObject {
  const headers: Record<string, Header> = Object.assign({}, ...codes.map((code) => headersOf[code]));
  const ofCode = { type: 'object' as const, properties: { code: { enum: [...codes] } } };
  return {
    description: codes.map((code) => `\`${code}\`: ${problem(code).detail}.`).join('\n\n'),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: {
      [problemMediaType]: {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, ofCode] },
        examples: Object.fromEntries(codes.map((code) => [code, { value: examples[code] ?? problem(code) }])),
      },
    },
  };
}

/** The operation as zod-openapi takes it. */
export function describeOperation(tag: string, operation: Operation): ZodOpenApiOperationObject {
  const { answer, status = '200', problems = [], problemExamples, isOpen, ...described } = operation;
  const damaged: readonly ProblemCode[] = problems.includes('Unavailable') ? ['Damaged'] : [];
  const unknown: readonly ProblemCode[] = isOpen ? [] : ['Unauthorized'];
  const codes = [...problems, ...unknown, ...damaged, 'InternalError' as const];
  const byStatus = Map.groupBy(codes, (code) => problem(code).status);
  const problemResponses = [...byStatus].map(([key, codes]) => [key, problemResponse(codes, problemExamples)]);
  return {
    tags: [tag],
    ...described,
    ...(isOpen ? { security: [] } : {}),
    responses: { [status]: answer, ...Object.fromEntries(problemResponses) },
  };
}
