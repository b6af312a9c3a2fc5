import type { Integration, IntegrationResponse, MappedIntegration } from './api.ts';
import { checkExpression } from './mapping-expression.ts';
import type { Properties } from './properties.ts';
import { parseTemplate } from './vtl/parse-template.ts';

const mapped = ['Type', 'PassthroughBehavior', 'RequestTemplates', 'IntegrationResponses'];
const called = ['Type', 'Uri', 'IntegrationHttpMethod', 'Credentials', 'TimeoutInMillis'];
const known: Readonly<Record<string, readonly string[]>> = {
  AWS: [...mapped, ...called, 'RequestParameters'],
  AWS_PROXY: called,
  MOCK: mapped,
};

/** Headers that a method declares, by the status of its answer. */
export type DeclaredHeaders = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the integration of a method, and checks what API Gateway checks when it is created.
 *
 * @throws for an integration type, a URI or a property that the gateway does not understand.
 */
export function readIntegration(method: Properties, declared: DeclaredHeaders): Integration {
  const type = String((method.raw('Integration') as { readonly Type?: unknown } | undefined)?.Type);
  const allowed = Object.hasOwn(known, type) ? known[type] : undefined;
  if (allowed === undefined) return method.fail(`the integration type ${type} is not understood`);
  const integration = method.object('Integration', allowed);
  if (type === 'MOCK') return { type, ...readMapping(integration, declared) };
  if (integration.text('IntegrationHttpMethod') !== 'POST') integration.fail('services are called by POST');
  const timeoutMilliseconds = Number(integration.value('TimeoutInMillis') ?? 29_000);
  const uri = integration.text('Uri');
  if (type === 'AWS_PROXY') {
    const [, functionArn] = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri) ?? [];
    if (functionArn === undefined) return integration.fail(`${uri} is not the URI of a function`);
    return { type, functionArn, timeoutMilliseconds };
  }
  const [, region, action] = /^arn:[\w-]+:apigateway:([\w-]+):states:action\/(\w+)$/.exec(uri) ?? [];
  if (region === undefined || action === undefined) return integration.fail(`${uri} is no action of Step Functions`);
  if (integration.text('Credentials') === '') integration.fail('a service is called with the credentials of a role');
  const requestHeaders = named(integration, 'RequestParameters', 'integration.request.header.');
  for (const expression of Object.values(requestHeaders)) checkExpression(expression, false);
  return {
    type: 'AWS',
    service: 'states',
    action,
    region,
    timeoutMilliseconds,
    requestHeaders,
    ...readMapping(integration, declared),
  };
}

function readMapping(integration: Properties, declared: DeclaredHeaders): MappedIntegration {
  const passthroughBehavior = integration.textOr('PassthroughBehavior', 'WHEN_NO_MATCH');
  if (!isPassthrough(passthroughBehavior)) return integration.fail(`PassthroughBehavior ${passthroughBehavior}`);
  const requestTemplates = integration.texts('RequestTemplates');
  for (const template of Object.values(requestTemplates)) parseTemplate(template);
  const responses = integration
    .items('IntegrationResponses', ['StatusCode', 'SelectionPattern', 'ResponseParameters', 'ResponseTemplates'])
    .map((response) => readResponse(response, declared));
  const statuses = new Set(responses.map(({ statusCode }) => statusCode));
  if (statuses.size < responses.length)
    integration.fail('two responses have the same status; the last replaces the first');
  if (responses.filter(({ selectionPattern }) => selectionPattern === undefined).length > 1) {
    integration.fail('more than one response has no SelectionPattern');
  }
  return { passthroughBehavior, requestTemplates, responses };
}

const isPassthrough = (text: string): text is MappedIntegration['passthroughBehavior'] =>
  text === 'WHEN_NO_MATCH' || text === 'WHEN_NO_TEMPLATES' || text === 'NEVER';

function readResponse(response: Properties, declared: DeclaredHeaders): IntegrationResponse {
  const status = response.text('StatusCode');
  const allowed = declared.get(status);
  if (allowed === undefined) return response.fail(`the method declares no response of status ${status}`);
  const headers = named(response, 'ResponseParameters', 'method.response.header.');
  for (const [header, expression] of Object.entries(headers)) {
    checkExpression(expression, true);
    if (!allowed.includes(header)) response.fail(`the method's response ${status} does not declare ${header}`);
  }
  const templates = response.texts('ResponseTemplates');
  for (const template of Object.values(templates)) parseTemplate(template);
  const selectionPattern = response.textOr('SelectionPattern', '');
  return {
    statusCode: Number(status),
    ...(selectionPattern === '' ? {} : { selectionPattern }),
    headers,
    templates,
  };
}

/** The parameters of a map by their names, which all begin with the prefix. */
function named(properties: Properties, name: string, prefix: string): Record<string, string> {
  const entries = Object.entries(properties.texts(name)).map(([key, expression]) => {
    if (!key.startsWith(prefix)) properties.fail(`${key} is not understood: only ${prefix}…`);
    return [key.slice(prefix.length), expression] as const;
  });
  return Object.fromEntries(entries);
}
