import type { GatewayResponse } from './api.ts';
import type { GatewayError } from './gateway-error.ts';
import type { MappingSources } from './mapping-expression.ts';
import { evaluateExpression } from './mapping-expression.ts';
import { TemplateError } from './vtl/template-error.ts';

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const plain: GatewayResponse = {
  headers: {},
  templates: { 'application/json': '{"message":$context.error.messageString}' },
};

/**
 * Answers an error of the gateway with the gateway response of its type, else with `DEFAULT_4XX` or `DEFAULT_5XX`, else
 * as API Gateway does by itself. `REQUEST_TOO_LARGE` cannot be customized.
 *
 * @throws TemplateError for a template with anything but the `$context` and `$stageVariables` that are known here.
 */
export function answerError(
  error: GatewayError,
  responses: Readonly<Record<string, GatewayResponse>>,
  sources: MappingSources,
  accept: string | undefined,
): Answer {
  const response = error.type === 'REQUEST_TOO_LARGE' ? plain : (chosen(error, responses) ?? plain);
  const templates = Object.keys(response.templates).length === 0 ? plain.templates : response.templates;
  const [contentType, template] = pickTemplate(templates, accept);
  const context = { ...sources.context, error: errorContext(error) };
  const headers = new Headers({ 'Content-Type': contentType, 'x-amzn-ErrorType': error.errorType });
  for (const [name, expression] of Object.entries(response.headers)) {
    const value = evaluateExpression(expression, { ...sources, context });
    if (value !== undefined) headers.set(name, value);
  }
  return {
    status: response.statusCode ?? error.status,
    headers,
    body: substitute(template, context, sources.stageVariables),
  };
}

/** The template for what the client accepts, else the one for JSON, else the first, with its content type. */
export function pickTemplate(
  templates: Readonly<Record<string, string>>,
  accept: string | undefined,
): readonly [string, string] {
  const first = accept?.split(/[,;]/, 1).join('').trim().toLowerCase();
  for (const contentType of [first, 'application/json', ...Object.keys(templates)]) {
    const template = contentType === undefined ? undefined : templates[contentType];
    if (contentType !== undefined && template !== undefined) return [contentType, template];
  }
  throw new TemplateError('there is no template');
}

function chosen(
  { type, status }: GatewayError,
  responses: Readonly<Record<string, GatewayResponse>>,
): GatewayResponse | undefined {
  return responses[type] ?? responses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
}

/** Texts are escaped for a JSON string, as validation messages of API Gateway were seen to be. */
function errorContext({ message, type, validationError }: GatewayError) {
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  return {
    message: escaped(message),
    messageString: JSON.stringify(message),
    responseType: type,
    ...(validationError === undefined ? {} : { validationErrorString: escaped(validationError) }),
  };
}

function substitute(
  template: string,
  context: Readonly<Record<string, unknown>>,
  stageVariables: Readonly<Record<string, string>>,
): string {
  return template.replace(/\$(?:\{([^}]*)\}|([A-Za-z][\w]*(?:\.[A-Za-z]\w*)*))/g, (reference, braced, bare) => {
    const [root, ...path] = String(braced ?? bare).split('.');
    let value: unknown = root === 'context' ? context : root === 'stageVariables' ? stageVariables : undefined;
    for (const name of path) {
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    }
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw new TemplateError(`${reference} in a gateway response has no value that is known`);
  });
}
