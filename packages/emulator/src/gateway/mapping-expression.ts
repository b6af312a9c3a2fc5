import type { RequestParameters } from './vtl/input-object.ts';
import { parseJson } from './vtl/json.ts';
import { followPath } from './vtl/json-path.ts';
import type { Value } from './vtl/value.ts';
import { textOf } from './vtl/value.ts';

/** What a parameter mapping can read. */
export interface MappingSources {
  readonly parameters: RequestParameters;
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The answer of the back end, where there is one. */
  readonly answer?: { readonly headers: Headers; readonly body: string };
}

const request = /^method\.request\.(header|querystring|path)\.([\w.$-]+)$/;
const forms = [
  /^'[^']*'$/,
  request,
  /^(?:context|stageVariables)\.[\w.$-]+$/,
  /^integration\.response\.header\.[\w-]+$/,
  /^integration\.response\.body(?:\.[\w.$[\]-]+)?$/,
];

/**
 * Refuses a mapping expression that the gateway cannot evaluate.
 *
 * @throws when it has none of the documented forms, or reads an answer of the back end where there is none.
 */
export function checkExpression(expression: string, answered: boolean): void {
  const [form] = forms.filter((known) => known.test(expression));
  if (form === undefined || (!answered && expression.startsWith('integration.response.'))) {
    throw new Error(`the mapping expression ${expression} is not understood`);
  }
}

/** The value of a mapping expression, like `'*'` or `context.requestId`; `undefined` when the source has none. */
export function evaluateExpression(expression: string, sources: MappingSources): string | undefined {
  if (expression.startsWith("'")) return expression.slice(1, -1);
  const [, place, name] = request.exec(expression) ?? [];
  if (place !== undefined && name !== undefined) return own(sources.parameters[place as 'header'], name);
  const [root = '', ...rest] = expression.split('.');
  if (root === 'stageVariables') return own(sources.stageVariables, rest.join('.'));
  if (root === 'context') return textAt(parseJson(JSON.stringify(sources.context), '$context'), rest, expression);
  const { answer } = sources;
  if (answer === undefined) throw new Error(`${expression} has no answer to read`);
  if (rest[1] === 'header') return answer.headers.get(rest.slice(2).join('.')) ?? undefined;
  if (rest.length === 2) return answer.body;
  return textAt(parseJson(answer.body, 'the answer of the back end'), rest.slice(2), expression);
}

const own = (values: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

function textAt(root: Value, path: readonly string[], expression: string): string | undefined {
  const found = followPath(root, ['$', ...path].join('.'));
  return found === undefined || found === null ? undefined : textOf(found, expression);
}
