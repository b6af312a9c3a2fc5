import { Refused } from './client/read-answer.ts';
import type { Failure } from './failure.ts';
import { plain } from './terminal/text.ts';

/** A field of an order as people name it: `details.unitprice`, without the `order` around it. */
function fieldOf(path: readonly (string | number)[]): string {
  const [first, ...rest] = path;
  return plain((first === 'order' && rest.length > 0 ? rest : path).join('.'));
}

function issueLines({ problem: { issues = [] } }: Refused): string[] {
  const rows = issues.map(({ path, message }) => {
    const field = fieldOf(path);
    const text = plain(message);
    return [field, text.startsWith(`${field} `) ? text.slice(field.length + 1) : text] as const;
  });
  const width = Math.max(0, ...rows.map(([field]) => field.length));
  return rows.map(([field, message]) => `  ${field.padEnd(width)}  ${message}`);
}

/** A failure as lines for people: what failed, each issue at its field, and what can be done. */
export function describeFailure(failure: Failure, emphasis: (text: string) => string): string[] {
  const hints = failure.hints.map((hint) => `  ${plain(hint)}`);
  if (!(failure instanceof Refused)) return [emphasis(plain(failure.message)), ...hints];
  const { status, code, detail, issues = [] } = failure.problem;
  const refused = code === 'OrderRejected' ? 'the order is refused' : 'the request is refused';
  const what = issues.length > 0 ? refused : plain(detail);
  return [`${emphasis(what)} (${status} ${plain(code)})`, ...issueLines(failure), ...hints];
}
