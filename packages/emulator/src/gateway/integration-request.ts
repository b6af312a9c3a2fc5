import type { MappedIntegration } from './api.ts';
import { GatewayError } from './gateway-error.ts';
import type { TemplateContext } from './vtl/render-template.ts';
import { renderTemplate } from './vtl/render-template.ts';
import { TemplateError } from './vtl/template-error.ts';

/**
 * Makes the body for the back end, and the headers that the template overrides: by the template of the content type or
 * `$default`, else as the passthrough behaviour says.
 *
 * @throws GatewayError when the body may not pass through.
 */
export function mapRequest(
  integration: MappedIntegration,
  contentType: string,
  given: TemplateContext,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const { requestTemplates, passthroughBehavior } = integration;
  const template = requestTemplates[contentType] ?? requestTemplates.$default;
  if (template === undefined) {
    const refused = passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length > 0;
    if (refused || passthroughBehavior === 'NEVER') throw new GatewayError('UNSUPPORTED_MEDIA_TYPE');
    return { body: given.body, headers: {} };
  }
  const { text, requestOverride, responseOverride } = renderTemplate(template, given);
  const misplaced = [responseOverride.header, requestOverride.path, requestOverride.querystring];
  if (responseOverride.status !== undefined || misplaced.some((values) => Object.keys(values).length > 0)) {
    throw new TemplateError('a request template may override headers of the request only');
  }
  return { body: text, headers: requestOverride.header };
}
