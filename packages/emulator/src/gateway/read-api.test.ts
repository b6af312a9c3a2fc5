import { describe, expect, it } from 'vitest';
import type { StackTemplate } from './read-api.ts';
import { readApi } from './read-api.ts';
import { resolveValue } from './resolve-value.ts';
import { api, resolve, template } from './test-support/api-template.ts';

it('reads paths, methods, models, integrations and gateway responses', () => {
  expect(api.id).toBe('api1');
  expect(api.stages).toEqual({ prod: {} });
  expect(api.resources.map(({ path, methods }) => [path, Object.keys(methods)])).toEqual([
    ['/', []],
    ['/order', ['POST', 'OPTIONS']],
    ['/order/{orderid}', ['GET']],
  ]);
  const post = api.resources[1]?.methods.POST;
  expect(post).toMatchObject({
    validateBody: true,
    models: { 'application/json': { required: ['city'] } },
    integration: { type: 'AWS', service: 'states', action: 'StartExecution', region: 'eu-central-1' },
  });
  expect(api.resources[2]?.methods.GET).toMatchObject({
    requiredParameters: ['method.request.path.orderid', 'method.request.querystring.v'],
    integration: { type: 'AWS_PROXY', functionArn: 'arn:function', timeoutMilliseconds: 29_000 },
  });
  expect(api.gatewayResponses.BAD_REQUEST_BODY).toMatchObject({ statusCode: 422 });
});

/** The template with one value replaced. */
function changed(path: string, value: unknown): StackTemplate {
  const copy = structuredClone(template) as unknown as Record<string, unknown>;
  const steps = path.split('/');
  const last = steps.pop() ?? '';
  let owner = copy.Resources as Record<string, unknown>;
  for (const step of steps) owner = owner[step] as Record<string, unknown>;
  owner[last] = value;
  return copy as unknown as StackTemplate;
}

const integration = 'PostOrder/Properties/Integration';

describe('refuses what it does not understand', () => {
  it.each([
    ['an integration type', `${integration}/Type`, 'HTTP', 'integration type HTTP'],
    ['a property of an integration', `${integration}/ContentHandling`, 'CONVERT_TO_TEXT', 'ContentHandling'],
    ['a property of a method', 'PostOrder/Properties/AuthorizerId', 'x', 'AuthorizerId'],
    ['a property of the API', 'Api/Properties/BinaryMediaTypes', ['*/*'], 'BinaryMediaTypes'],
    ['a resource of API Gateway', 'Table/Type', 'AWS::ApiGateway::UsagePlan', 'UsagePlan'],
    ['another service', `${integration}/Uri`, 'arn:aws:apigateway:x:sqs:path/1/2', 'no action of Step Functions'],
    ['authorization', 'PostOrder/Properties/AuthorizationType', 'AWS_IAM', 'authorization'],
    ['an API key', 'Preflight/Properties/ApiKeyRequired', true, 'API keys'],
    ['a model that is not there', 'PostOrder/Properties/RequestModels', { 'application/json': 'Nothing' }, 'no model'],
    ['a template', `${integration}/RequestTemplates`, { 'application/json': '#foreach' }, '#foreach'],
    ['a mapping', `${integration}/RequestParameters`, { 'integration.request.path.a': "'b'" }, 'request.path.a'],
    ['an expression', `${integration}/RequestParameters`, { 'integration.request.header.a': 'b' }, 'expression b'],
    [
      'an answer of a back end where there is none',
      'BadBody/Properties/ResponseParameters',
      { 'gatewayresponse.header.a': 'integration.response.header.b' },
      'integration.response.header.b',
    ],
    ['a gateway response', 'BadBody/Properties/ResponseType', 'SOMETHING', 'SOMETHING'],
    ['an intrinsic function', 'Stage/Properties/StageName', { 'Fn::Cidr': ['a'] }, 'Fn::Cidr'],
  ])('%s', (_, path, value, message) => {
    expect(() => readApi(changed(path, value), resolve)).toThrow(message);
  });
});

describe('refuses what API Gateway does not deploy', () => {
  it.each([
    ['a response that the method does not declare', 'PostOrder/Properties/MethodResponses', [], 'status 202'],
    [
      'a header that the method does not declare',
      `${integration}/IntegrationResponses/0/ResponseParameters`,
      { 'method.response.header.X-Other': "'x'" },
      'does not declare X-Other',
    ],
    ['two responses of one status', `${integration}/IntegrationResponses/1/StatusCode`, '202', 'the same status'],
    [
      'two responses without a pattern',
      `${integration}/IntegrationResponses/1/SelectionPattern`,
      '',
      'more than one response',
    ],
  ])('%s', (_, path, value, message) => {
    expect(() => readApi(changed(path, value), resolve)).toThrow(message);
  });
});

it('resolves the intrinsic functions', () => {
  const value = {
    join: { 'Fn::Join': ['-', ['a', { Ref: 'Api' }]] },
    sub: { 'Fn::Sub': `\${Api}/\${Role.Arn}/\${!literal}/$x` },
    named: { 'Fn::Sub': [`\${name}`, { name: { Ref: 'Api' } }] },
    select: { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': 'Role.Arn' }] }] },
    plain: [{ Ref: 'Api', other: 1 }],
  };
  expect(resolveValue(value, resolve)).toEqual({
    join: 'a-api1',
    sub: `api1/arn:role/\${literal}/$x`,
    named: 'api1',
    select: 'role',
    plain: [{ Ref: 'Api', other: 1 }],
  });
});
