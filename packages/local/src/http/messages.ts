import type { IncomingMessage } from 'node:http';
import type { Problem, ProblemCode } from '@coffee/api';
import { problem, problemMediaType } from '@coffee/api';
import type { Execution, ExecutionSummary, HistoryEvent } from '@coffee/ports';
import type { Context } from 'hono';

/** The most that API Gateway passes to Step Functions: 256 KiB. */
const bodyLimit = 262_144;

/** How much of an oversized body is read and discarded, so that the client gets to read the answer. */
const drainLimit = 8 * bodyLimit;

const json = /^application\/json\s*(?:;|$)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a request body, or `undefined` when there are more than the limit. Listeners cost less than an iterator. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
      else if (length > drainLimit) {
        request.pause();
        resolve(undefined);
      }
    });
    request.on('end', () => {
      if (length > bodyLimit) resolve(undefined);
      else resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}

/** A request's body, as text and as JSON, or the problem of one that is too large, encoded, of another type, or not JSON. */
export async function readJsonBody(
  incoming: IncomingMessage,
): Promise<
  | { readonly success: true; readonly text: string; readonly value: unknown }
  | { readonly success: false; readonly problem: Problem }
> {
  const bytes = await readBody(incoming);
  const refuse = (code: ProblemCode) => ({ success: false, problem: problem(code) }) as const;
  const { 'content-encoding': encoding = 'identity' } = incoming.headers;
  if (encoding.toLowerCase() !== 'identity') return refuse('UnsupportedMediaType');
  if (!json.test(incoming.headers['content-type'] ?? '')) return refuse('UnsupportedMediaType');
  if (bytes === undefined) return refuse('PayloadTooLarge');
  try {
    const text = utf8.decode(bytes);
    return { success: true, text, value: JSON.parse(text) };
  } catch {
    return refuse('MalformedJson'); // the answer is the same whatever is wrong with it
  }
}

/** An answer, whatever sends it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer `application/problem+json` (RFC 9457). */
export const problemAnswer = (problem: Problem, headers: Answer['headers'] = {}): Answer => ({
  status: problem.status,
  headers: { 'Content-Type': problemMediaType, 'Cache-Control': 'no-store', ...headers },
  body: JSON.stringify(problem),
});

/** Answers `application/problem+json`. */
export function answerProblem(context: Context, problem: Problem): Response {
  const { status, headers, body } = problemAnswer(problem);
  return context.body(body, status as 400, headers);
}

/** Answers JSON that must not be cached. */
export const answerFresh = (context: Context, body: object, status: 200 | 202 = 200): Response =>
  context.json(body, status, { 'Cache-Control': 'no-store' });

/** Seconds since 1970 UTC with milliseconds, as the Step Functions API writes its dates. */
export const toSeconds = (milliseconds: number): number => milliseconds / 1000;

/** The name that Step Functions would give the execution. */
export const executionArn = (orderid: string): string =>
  `arn:aws:states:local:000000000000:execution:order-workflow:${orderid}`;

/** What an error says, without the trace of the function; for a task, JSON as Lambda reports it. */
function readCause(cause = ''): { readonly cause: string; readonly message?: string } {
  try {
    const { trace: _, ...report } = Object(JSON.parse(cause)) as Readonly<Record<string, unknown>>;
    if (typeof report.errorMessage !== 'string') return { cause };
    return { cause: JSON.stringify(report), message: report.errorMessage };
  } catch {
    return { cause };
  }
}

/** The input of an execution; the text itself when it is damaged, which the execution's error says. */
function inputOf({ input }: Execution): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

/** The state of an order, for anyone: of an error its name, and why an order is refused. */
export function orderView({ orderid, status, startedAt, stoppedAt, error, cause }: ExecutionSummary) {
  const { message } = error === 'OrderRejected' ? readCause(cause) : {};
  return {
    orderid,
    status,
    startDate: toSeconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: toSeconds(stoppedAt) }),
    ...(error === undefined ? {} : { error }),
    ...(message === undefined ? {} : { message }),
  };
}

/** The state of an execution, for the person at this machine. */
export function executionView(execution: ExecutionSummary) {
  const { error, cause } = execution;
  return { ...orderView(execution), ...(error === undefined ? {} : { cause: readCause(cause).cause }) };
}

/** The event at this place of a history: its id counts from 1. */
export function eventView({ timestamp, ...event }: HistoryEvent, index: number) {
  const { cause, output } = event;
  return {
    id: index + 1,
    timestamp: new Date(timestamp).toISOString(),
    ...event,
    ...(cause === undefined ? {} : { cause: readCause(cause).cause }),
    ...(output === undefined ? {} : { output: withoutTraces(output) }),
  };
}

/** The output of a state; where a state has caught an error, it holds the cause. */
const withoutTraces = (output: unknown): unknown =>
  JSON.parse(
    JSON.stringify(output, (key, value: unknown) =>
      key === 'Cause' && typeof value === 'string' ? readCause(value).cause : value,
    ),
  );

/** An execution with its input and every event. */
export function executionWithHistory(execution: Execution) {
  return {
    ...executionView(execution),
    executionArn: executionArn(execution.orderid),
    input: inputOf(execution),
    history: execution.history.map(eventView),
  };
}
