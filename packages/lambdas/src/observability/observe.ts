import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  APIGatewayTokenAuthorizerEvent,
  Context,
} from 'aws-lambda';

/** How an invocation ended. */
interface Outcome {
  /** `refused`: the caller can do something about it, and the function did not fail. */
  readonly outcome: 'succeeded' | 'refused' | 'failed';
  readonly error_name?: string;
  /** The HTTP status of a query's answer. */
  readonly status?: number;
}

/** What is logged about the invocations of a function. */
interface Observed<Event, Answer> {
  readonly name: string;
  /** The order id of an event, if it has one. */
  readonly orderidOf?: (event: Event) => unknown;
  /** How an invocation that answered ended. Defaults to `succeeded`. */
  readonly outcomeOf?: (answer: Answer) => Outcome;
}

/** What each line has: a byte of a line costs a cent for a few million orders. Service and function name the log group. */
class ShortLine extends LogFormatter {
  override formatAttributes(given: UnformattedAttributes, more: LogAttributes): LogItem {
    const { logLevel, timestamp, message, xRayTraceId } = given;
    const sampled = process.env._X_AMZN_TRACE_ID?.includes('Sampled=1');
    const line = { level: logLevel, timestamp: this.formatTimestamp(timestamp), message, ...more };
    return new LogItem({ attributes: sampled ? { ...line, xray_trace_id: xRayTraceId } : line });
  }
}

/** Errors that the caller can do something about. */
const refusals = new Set<string | undefined>(['OrderRejected', 'Unauthorized']);
/** Errors that are expected now and then: the workflow retries them. */
const expected = new Set<string | undefined>(['Unavailable', 'NotificationInProgress']);

/**
 * Wraps a handler: one short line of JSON for each invocation. It logs only the order id of an event and only the name of
 * an error: a message can hold what a customer sent. Answers and errors are passed on: the workflow retries and catches by
 * the error's name.
 */
function observe<Event, Answer>(
  { name, orderidOf, outcomeOf }: Observed<Event, Answer>,
  handle: (event: Event) => Promise<Answer>,
): (event: Event, context: Context) => Promise<Answer> {
  const logger = new Logger({ logFormatter: new ShortLine() });
  let cold = true;

  function log({ outcome, error_name, status }: Outcome, event: Event, start: number): void {
    const level = outcome !== 'failed' ? 'info' : expected.has(error_name) ? 'warn' : 'error';
    logger[level](name, {
      orderid: plain(/^[\w-]{1,80}$/, orderidOf?.(event)),
      outcome,
      error_name,
      status,
      duration_ms: Math.round(performance.now() - start),
      ...(cold && { cold_start: true }),
    });
    cold = false;
  }

  return async (event) => {
    const start = performance.now();
    let answer: Answer;
    try {
      answer = await handle(event);
    } catch (error) {
      const error_name = nameOf(error);
      log({ outcome: refusals.has(error_name) ? 'refused' : 'failed', error_name }, event, start);
      throw withoutMessageInLogs(error);
    }
    log(outcomeOf?.(answer) ?? { outcome: 'succeeded' }, event, start);
    return answer;
  };
}

/** The name of an error where it is a plain name. */
function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.name : undefined;
  return plain(/^[A-Za-z][\w.]{0,63}$/, name) ?? 'Error';
}

function plain(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

/** Observes the authorizer of an API: nothing of a token is logged. */
export function observeAuthorizer(
  name: string,
  handle: (event: APIGatewayTokenAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>,
): (event: APIGatewayTokenAuthorizerEvent, context: Context) => Promise<APIGatewayAuthorizerResult> {
  return observe({ name }, handle);
}

/** Observes a query behind API Gateway, which answers its errors by their status. */
export function observeQuery(
  name: string,
  handle: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>,
): (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult> {
  return observe({ name, outcomeOf }, handle);
}

function outcomeOf({ statusCode: status, body }: APIGatewayProxyResult): Outcome {
  if (status < 400) return { outcome: 'succeeded', status };
  const { code } = JSON.parse(body) as { readonly code: string };
  return { outcome: status < 500 ? 'refused' : 'failed', status, error_name: code };
}

/** Observes a task of the workflow, whose events carry their order id. */
export function observeTask<Event extends { readonly orderid: string }, Answer>(
  name: string,
  handle: (event: Event) => Promise<Answer>,
): (event: Event, context: Context) => Promise<Answer> {
  return observe({ name, orderidOf: (event: Event | null | undefined) => event?.orderid }, handle);
}

/**
 * The same error, which the runtime of Lambda answers as ever: name, message, stack. It also logs what is thrown, as
 * JSON with its message and fields, which can hold what a customer sent. So as JSON the error is its name and its
 * frames.
 */
export function withoutMessageInLogs<Thrown>(error: Thrown): Thrown {
  if (error instanceof Error && Object.isExtensible(error)) {
    const logged = { errorType: error.name, stack: framesOf(error) };
    Object.defineProperty(error, 'toJSON', { value: () => logged, configurable: true });
  }
  return error;
}

/** The frames of a stack: the lines after the message, which can have several lines itself. */
function framesOf({ message, stack = '' }: Error): string[] {
  const header = stack.indexOf(message);
  return header < 0
    ? []
    : stack
        .slice(header + message.length)
        .split('\n')
        .slice(1);
}
