import type { ApiProblem, Issue } from '@coffee/api';
import { exitCodes, Failure } from './failure.ts';
import { fields } from './terminal/table.ts';
import { plain } from './terminal/text.ts';

/** Whether a server with this answer may take the same request later. */
export const isBusy = (status: number) => [429, 502, 503, 504].includes(status);

const again = 'the same command can be given again';

function hintsOf({ status, code, response }: ApiProblem): string[] {
  if (code === 'ExecutionAlreadyExists') {
    const orderid = response.headers.get('location')?.split('/').at(-1);
    const look = orderid === undefined ? [] : [`see the first order: coffee status ${orderid}`];
    return [...look, 'to order once more, omit --idempotency-key or give another'];
  }
  if (status === 429) {
    const seconds = response.headers.get('retry-after');
    return [seconds === null ? `${again} later` : `${again} in ${seconds} s`, '--retry-for SECONDS waits longer'];
  }
  if (isBusy(status)) return [`${again} later; --retry-for SECONDS waits longer`];
  if (code === 'RouteNotFound') return [`is this the base URL of the API? ${response.url}`];
  return [];
}

/** The server answered, and refused. */
export class Refused extends Failure {
  readonly problem: ApiProblem['problem'];

  constructor(error: ApiProblem) {
    const { status, message } = error;
    const unanswered = isBusy(status) ? exitCodes.noAnswer : exitCodes.failed;
    super(status === 404 ? exitCodes.notFound : unanswered, message, { hints: hintsOf(error), cause: error });
    this.problem = error.problem;
  }

  /** The status and the code, like `404 OrderNotFound`; the status alone where a proxy answered. */
  get label(): string {
    const { status, code } = this.problem;
    return code === `Http${status}` ? String(status) : `${status} ${plain(code)}`;
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return { ...this.problem, exitCode: this.exitCode };
  }
}

function issueLines(issues: readonly Issue[]): string[] {
  const rows = issues.map(({ path, message }) => {
    const field = plain((path[0] === 'order' && path.length > 1 ? path.slice(1) : path).join('.'));
    const text = plain(message);
    return [field, text.startsWith(`${field} `) ? text.slice(field.length + 1) : text] as const;
  });
  return fields(String, rows).map((line) => `  ${line}`);
}

/** A failure as lines for people: what failed, each issue at its field, and what can be done. */
export function describeFailure(failure: Failure, emphasis: (text: string) => string): string[] {
  const hints = failure.hints.map((hint) => `  ${plain(hint)}`);
  if (!(failure instanceof Refused)) return [emphasis(plain(failure.message)), ...hints];
  const { code, detail, issues = [] } = failure.problem;
  const refused = code === 'OrderRejected' ? 'the order is refused' : 'the request is refused';
  const what = issues.length > 0 ? refused : plain(detail);
  return [`${emphasis(what)} (${failure.label})`, ...issueLines(issues), ...hints];
}
