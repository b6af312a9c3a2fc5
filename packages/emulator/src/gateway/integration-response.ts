import type { IntegrationResponse } from './api.ts';
import { GatewayError } from './gateway-error.ts';
import type { Answer } from './gateway-response.ts';
import { pickTemplate } from './gateway-response.ts';
import type { MappingSources } from './mapping-expression.ts';
import { evaluateExpression } from './mapping-expression.ts';
import { javaMatches } from './vtl/java-regex.ts';
import { renderTemplate } from './vtl/render-template.ts';
import { TemplateError } from './vtl/template-error.ts';

/** What a back end answered. */
export interface BackEndAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Maps the answer of a back end to the answer of the method: the integration response whose pattern matches the status,
 * its headers, its template, and what the template overrides.
 *
 * @throws GatewayError when no integration response takes the status.
 * @throws TemplateError when more than one does.
 */
export function mapAnswer(
  responses: readonly IntegrationResponse[],
  answer: BackEndAnswer,
  request: Omit<MappingSources, 'answer'>,
  accept: string | undefined,
): Answer {
  const response = select(responses, answer.status);
  const sources = { ...request, answer: { headers: new Headers(answer.headers), body: answer.body } };
  const headers = new Headers({ 'Content-Type': 'application/json' });
  for (const [name, expression] of Object.entries(response.headers)) {
    const value = evaluateExpression(expression, sources);
    if (value !== undefined) headers.set(name, value);
  }
  if (Object.keys(response.templates).length === 0) {
    return { status: response.statusCode, headers, body: answer.body };
  }
  const [contentType, template] = pickTemplate(response.templates, accept);
  const { text, responseOverride } = renderTemplate(template, { ...request, body: answer.body });
  const named = Object.keys(response.headers).some((name) => name.toLowerCase() === 'content-type');
  if (!named) headers.set('Content-Type', contentType);
  for (const [name, value] of Object.entries(responseOverride.header)) headers.set(name, value);
  return { status: responseOverride.status ?? response.statusCode, headers, body: text };
}

function select(responses: readonly IntegrationResponse[], status: number): IntegrationResponse {
  const matching = responses.filter(
    ({ selectionPattern }) => selectionPattern !== undefined && javaMatches(String(status), selectionPattern),
  );
  if (matching.length > 1) throw new TemplateError(`more than one integration response takes the status ${status}`);
  const [found = responses.find(({ selectionPattern }) => selectionPattern === undefined)] = matching;
  if (found === undefined) throw new GatewayError('API_CONFIGURATION_ERROR');
  return found;
}
