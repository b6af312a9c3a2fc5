import { problemMediaType, problem as writeProblem } from '@coffee/lambdas';
import type * as z from 'zod/mini';
import type { ProblemCode } from './problem-schemas.ts';
import { problem, problems } from './problem-schemas.ts';
import { reference } from './schema-registry.ts';

type Json = Readonly<Record<string, unknown>>;

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description: string;
  readonly schema: Json;
  readonly example?: unknown;
}

/** Where a call goes on: another operation, and what of the answer becomes its parameters. */
export interface Link {
  readonly operationId: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** An answer that is no problem. */
interface Answer {
  readonly description: string;
  readonly schema?: z.core.$ZodType;
  /** `application/json` unless told. */
  readonly mediaType?: string;
  readonly example?: unknown;
  readonly headers?: Readonly<Record<string, Json>>;
  readonly links?: Readonly<Record<string, Link>>;
}

/** An operation in the words of this folder. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: { readonly schema: z.core.$ZodType; readonly example: unknown };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Every problem it answers, beside `InternalError`. */
  readonly problems: readonly ProblemCode[];
  /** Examples of problems, by code. */
  readonly problemExamples?: Readonly<Partial<Record<ProblemCode, unknown>>>;
}

const location = {
  description: 'Where the state of the order is.',
  required: true,
  schema: { type: 'string', format: 'uri-reference' },
};
const retryAfter = {
  description: 'How many seconds to wait before the next try.',
  required: true,
  schema: { type: 'integer', minimum: 1 },
};

/** Headers that answers bear. */
export const responseHeaders = { location, retryAfter };

const headersOf: Readonly<Partial<Record<ProblemCode, Json>>> = {
  ExecutionAlreadyExists: { Location: location },
  Unavailable: { 'Retry-After': retryAfter },
};

const exampleOf = (code: ProblemCode) => writeProblem(problems[code][0], code, problems[code][1]);

function problemResponse(codes: readonly ProblemCode[], examples: Operation['problemExamples'] = {}): Json {
  const headers = Object.assign({}, ...codes.map((code) => headersOf[code]));
  const shown = codes.map((code) => [code, { value: examples[code] ?? exampleOf(code) }] as const);
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code][1]}.`).join('\n\n'),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: {
      [problemMediaType]: {
        schema: { allOf: [reference(problem), { type: 'object', properties: { code: { enum: codes } } }] },
        examples: Object.fromEntries(shown),
      },
    },
  };
}

function answerResponse({ description, schema, mediaType, example, headers, links }: Answer): Json {
  const content = {
    ...(schema === undefined ? { schema: { type: 'string' } } : { schema: reference(schema) }),
    ...(example === undefined ? {} : { example }),
  };
  return {
    description,
    ...(headers === undefined ? {} : { headers }),
    ...(schema === undefined && mediaType === undefined
      ? {}
      : { content: { [mediaType ?? 'application/json']: content } }),
    ...(links === undefined ? {} : { links }),
  };
}

/** The operation as OpenAPI writes it. */
export function describeOperation(tag: string, operation: Operation): Json {
  const { operationId, summary, description, parameters = [], body, answers, problemExamples } = operation;
  const codes: readonly ProblemCode[] = [...operation.problems, 'InternalError'];
  const statuses = [...new Set(codes.map((code) => problems[code][0]))].sort((a, b) => a - b);
  return {
    tags: [tag],
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: reference(body.schema), example: body.example } },
          },
        }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerResponse(answer)])),
      ...Object.fromEntries(
        statuses.map((status) => {
          const ofStatus = codes.filter((code) => problems[code][0] === status);
          return [status, problemResponse(ofStatus, problemExamples)];
        }),
      ),
    },
  };
}
