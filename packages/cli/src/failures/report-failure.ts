import { styleText } from 'node:util';
import { plain } from '../terminal/plain.ts';
import { Failure } from './failure.ts';
import { Refused } from './refused.ts';

/** A field of an order as a person names it: `details.unitprice`, without the `order` around it. */
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

/** A failure as lines for people: what, each issue at its field, and what can be done. */
export function describeFailure(failure: Failure, emphasis: (text: string) => string): string[] {
  if (!(failure instanceof Refused))
    return [emphasis(plain(failure.message)), ...failure.hints.map((hint) => `  ${plain(hint)}`)];
  const { status, code, detail, issues = [] } = failure.problem;
  const refused = code === 'OrderRejected' ? 'the order is refused' : 'the request is refused';
  const what = issues.length > 0 ? refused : plain(detail);
  return [
    `${emphasis(what)} (${status} ${plain(code)})`,
    ...issueLines(failure),
    ...failure.hints.map((hint) => `  ${plain(hint)}`),
  ];
}

/** Writes to standard error why a command failed; under `--json` as one line of JSON. Answers the exit code. */
export function reportFailure(error: unknown, json: boolean): number {
  if (!(error instanceof Failure)) {
    console.error(error); // a defect: the stack tells where
    return 1;
  }
  const red = (text: string) => styleText('red', text, { stream: process.stderr });
  const lines = describeFailure(error, red);
  process.stderr.write(
    json
      ? `${JSON.stringify(error)}\n`
      : `${styleText('bold', 'coffee:', { stream: process.stderr })} ${lines.join('\n')}\n`,
  );
  return error.exitCode;
}
