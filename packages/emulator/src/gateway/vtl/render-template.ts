import type { Template } from './ast.ts';
import type { Overridden } from './context-object.ts';
import { ContextObject } from './context-object.ts';
import { Evaluation } from './evaluate.ts';
import type { RequestParameters } from './input-object.ts';
import { InputObject } from './input-object.ts';
import { parseJson } from './json.ts';
import { parseTemplate } from './parse-template.ts';
import { UtilObject } from './util-object.ts';
import type { Value, ValueMap } from './value.ts';

/** What a mapping template can read. */
export interface TemplateContext {
  /** The text of the request body, or of the back end's answer. */
  readonly body: string;
  readonly parameters: RequestParameters;
  /** `$context`: strings, whole numbers, null, and objects of them. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
}

/** What a mapping template makes. */
export interface Rendered {
  readonly text: string;
  readonly requestOverride: {
    readonly header: Overridden;
    readonly path: Overridden;
    readonly querystring: Overridden;
  };
  readonly responseOverride: { readonly status?: number; readonly header: Overridden };
}

/**
 * Renders a mapping template as API Gateway does. What is modelled is in the README of this package.
 *
 * @throws TemplateError for a template that API Gateway would refuse, or whose result is not known.
 */
export function renderTemplate(template: string, given: TemplateContext): Rendered {
  const parsed = parseOnce(template);
  const context = new ContextObject(parseJson(JSON.stringify(given.context), '$context') as ValueMap);
  const evaluation = new Evaluation(
    new Map<string, Value>([
      ['input', new InputObject(given.body, given.parameters)],
      ['util', new UtilObject()],
      ['context', context],
      ['stageVariables', new Map<string, Value>(Object.entries(given.stageVariables ?? {}))],
    ]),
  );
  const text = evaluation.print(parsed);
  const { requestOverride, responseOverride } = context;
  return {
    text,
    requestOverride: {
      header: requestOverride.header.values,
      path: requestOverride.path.values,
      querystring: requestOverride.querystring.values,
    },
    responseOverride: {
      ...(responseOverride.status === undefined ? {} : { status: responseOverride.status }),
      header: responseOverride.header.values,
    },
  };
}

const known = new Map<string, Template>();

function parseOnce(template: string): Template {
  const parsed = known.get(template) ?? parseTemplate(template);
  known.set(template, parsed);
  return parsed;
}
