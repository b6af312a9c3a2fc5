import type * as z from 'zod/mini';
import type { oas31, ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { ProblemCode } from '../problems.ts';
import { problem, problemMediaType } from '../problems.ts';

/** A header as OpenAPI writes it. */
type Header = oas31.HeaderObject;

/** A link as OpenAPI writes it: another operation, and what of the answer becomes its parameters. */
export interface Link {
  readonly operationId: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: '200' | '202' | '204';
  readonly description: string;
  /** Left out when the answer is not JSON. */
  readonly schema?: z.ZodMiniType;
  /** Defaults to `application/json` when there is a schema. */
  readonly mediaType?: string;
  readonly example?: unknown;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly links?: Readonly<Record<string, Link>>;
}

/** An operation, its problems by their codes. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: NonNullable<ZodOpenApiOperationObject['requestParams']>;
  readonly body?: { readonly schema: z.ZodMiniType; readonly example: unknown };
  readonly answer: Answer;
  /** Every problem it answers, beside `InternalError` and, when a store can be unavailable, `Damaged`. */
  readonly problems: readonly ProblemCode[];
  /** Examples of problems, by code. */
  readonly problemExamples?: Readonly<Partial<Record<ProblemCode, unknown>>>;
}

export const location: Header = {
  description: 'Where the state of the order is.',
  required: true,
  schema: { type: 'string', format: 'uri-reference' },
};
const retryAfter: Header = {
  description: 'How many seconds to wait before the next try.',
  required: true,
  schema: { type: 'integer', minimum: 1 },
};
const headersOf: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, Header>>>>> = {
  ExecutionAlreadyExists: { Location: location },
  Unavailable: { 'Retry-After': retryAfter },
};

function problemResponse(
  codes: readonly ProblemCode[],
  examples: Operation['problemExamples'] = {},
): ZodOpenApiResponseObject {
  const headers: Record<string, Header> = Object.assign({}, ...codes.map((code) => headersOf[code]));
  return {
    description: codes.map((code) => `\`${code}\`: ${problem(code).detail}.`).join('\n\n'),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: {
      [problemMediaType]: {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { code: { enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { value: examples[code] ?? problem(code) }])),
      },
    },
  };
}

function answerResponse({ description, schema, mediaType, example, headers, links }: Answer): ZodOpenApiResponseObject {
  const content = { schema: schema ?? { type: 'string' as const }, ...(example === undefined ? {} : { example }) };
  return {
    description,
    ...(headers === undefined ? {} : { headers }),
    ...(schema === undefined && mediaType === undefined
      ? {}
      : { content: { [mediaType ?? 'application/json']: content } }),
    ...(links === undefined ? {} : { links }),
  };
}

/** The operation as zod-openapi takes it. */
export function describeOperation(tag: string, operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, description, parameters, body, answer, problemExamples } = operation;
  const damaged: readonly ProblemCode[] = operation.problems.includes('Unavailable') ? ['Damaged'] : [];
  const codes: readonly ProblemCode[] = [...operation.problems, ...damaged, 'InternalError'];
  const statuses = [...new Set(codes.map((code) => problem(code).status))].sort((a, b) => a - b);
  const problemResponses = statuses.map((status) => {
    const ofStatus = codes.filter((code) => problem(code).status === status);
    return [String(status), problemResponse(ofStatus, problemExamples)];
  });
  return {
    tags: [tag],
    operationId: id,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { requestParams: parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': body } } }),
    responses: { [answer.status]: answerResponse(answer), ...Object.fromEntries(problemResponses) },
  };
}
