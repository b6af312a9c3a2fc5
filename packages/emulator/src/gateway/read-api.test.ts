import { describe, expect, it } from 'vitest';
import { api, resolve, template } from '../edge/serve-edge.ts';
import { readApi } from './read-api.ts';

type Found = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

/** The logical id of the first resource of a type that has these properties. */
function idOf(type: string, properties: Readonly<Record<string, unknown>> = {}): string {
  const isIt = ({ Type, Properties }: Found) =>
    Type === `AWS::ApiGateway::${type}` &&
    Object.entries(properties).every(([name, value]) => Properties[name] === value);
  return Object.entries(template.Resources).find(([, one]) => isIt(one))?.[0] ?? `no ${type}`;
}

const post = idOf('Method', { HttpMethod: 'POST' });
const proxy = idOf('Method', { OperationName: 'FindOrder' });
const preflight = idOf('Method', { HttpMethod: 'OPTIONS' });
const badBody = idOf('GatewayResponse', { ResponseType: 'BAD_REQUEST_BODY' });

it('reads paths, methods, the model, integrations and gateway responses', () => {
  expect([api.id, api.stage]).toEqual([idOf('RestApi'), 'prod']);
  const served = api.routes.filter(({ integration }) => integration.type !== 'MOCK');
  expect(served.map(({ httpMethod, path }) => `${httpMethod} ${path}`).toSorted()).toEqual([
    'GET /invoice',
    'GET /order',
    'GET /order/{orderid}',
    'POST /order',
  ]);
  expect(served.find(({ httpMethod }) => httpMethod === 'POST')).toMatchObject({
    model: { required: ['order'] },
    integration: { type: 'AWS', action: 'StartExecution', region: 'ap-southeast-2' },
  });
  expect(served.find(({ path }) => path === '/invoice')?.integration).toEqual({
    type: 'AWS_PROXY',
    functionArn: expect.stringMatching(/^\w+\.Arn$/),
  });
  expect(api.gatewayResponses.BAD_REQUEST_BODY).toMatchObject({ statusCode: 400 });
});

/** Reads the template with one value replaced. */
function readChanged(path: string, value: unknown): void {
  const copy = structuredClone(template) as unknown as Record<string, unknown>;
  const steps = path.split('/');
  const last = steps.pop() ?? '';
  let owner = copy.Resources as Record<string, unknown>;
  for (const step of steps) owner = owner[step] as Record<string, unknown>;
  owner[last] = value;
  readApi(copy as unknown as typeof template, resolve);
}

const integration = `${post}/Properties/Integration`;
const response = `${integration}/IntegrationResponses/0`;

describe('refuses what it does not understand', () => {
  it.each([
    ['an integration type', `${integration}/Type`, 'HTTP', 'integration type HTTP'],
    ['a property of an integration', `${integration}/ContentHandling`, 'CONVERT_TO_TEXT', 'ContentHandling'],
    ['a property of a proxy', `${proxy}/Properties/Integration/TimeoutInMillis`, 50, 'TimeoutInMillis'],
    ['a property of a method', `${post}/Properties/AuthorizerId`, 'x', 'AuthorizerId'],
    ['a property of the API', `${idOf('RestApi')}/Properties/BinaryMediaTypes`, ['*/*'], 'BinaryMediaTypes'],
    ['a resource', 'More', { Type: 'AWS::ApiGateway::UsagePlan', Properties: {} }, 'UsagePlan'],
    ['a second stage', 'More', { Type: 'AWS::ApiGateway::Stage', Properties: {} }, 'one Stage'],
    ['another service', `${integration}/Uri`, 'arn:aws:apigateway:x:sqs:path/1/2', 'not an action of Step Functions'],
    ['a proxy of something else', `${proxy}/Properties/Integration/Uri`, 'arn:x', 'not a function'],
    ['a call without a role', `${integration}/Credentials`, '', 'role'],
    ['a body that may pass', `${integration}/PassthroughBehavior`, 'WHEN_NO_MATCH', 'without a template'],
    ['authorization', `${post}/Properties/AuthorizationType`, 'AWS_IAM', 'authorization'],
    ['an API key', `${preflight}/Properties/ApiKeyRequired`, true, 'API keys'],
    ['a model that is not there', `${post}/Properties/RequestModels/application~json`, 'x', 'application~json'],
    ['a validator that is not there', `${post}/Properties/RequestValidatorId`, { Ref: 'x' }, 'RequestValidatorId'],
    ['a required header', `${post}/Properties/RequestParameters`, { 'method.request.header.a': true }, 'header.a'],
    ['a path that takes all', `${idOf('Resource')}/Properties/PathPart`, '{all+}', '{all+} is not a path'],
    ['a template', `${integration}/RequestTemplates/application~1json`, '#foreach', 'application/json, and no other'],
    ['a directive', `${integration}/RequestTemplates`, { 'application/json': '#stop' }, 'line 1 of a template'],
    ['a directive of an answer', `${response}/ResponseTemplates`, { 'application/json': '#stop' }, 'line 1'],
    ['a content type', `${response}/ResponseTemplates`, { 'text/plain': '' }, 'application/json'],
    ['a pattern', `${response}/SelectionPattern`, '2.*', '2.* is not understood as a SelectionPattern'],
    ['a mapping', `${response}/ResponseParameters`, { 'method.response.path.a': "'b'" }, 'response.path.a'],
    ['an expression', `${response}/ResponseParameters`, { 'method.response.header.a': 'context.stage' }, 'not static'],
    ['a mock of another status', `${preflight}/Properties/Integration/RequestTemplates`, {}, 'application/json'],
    ['a mock of two answers', `${preflight}/Properties/Integration/IntegrationResponses/1`, {}, 'one response'],
    ['a gateway response', `${badBody}/Properties/ResponseType`, 'SOMETHING', 'SOMETHING'],
    [
      'a variable of a gateway response',
      `${badBody}/Properties/ResponseTemplates`,
      { 'application/json': '{"a": "$context.identity.user"}' },
      'a variable',
    ],
    [
      'a validation message where there is none',
      `${idOf('GatewayResponse', { ResponseType: 'DEFAULT_4XX' })}/Properties/ResponseTemplates`,
      { 'application/json': '{"a": "$context.error.validationErrorString"}' },
      'a variable',
    ],
    ['an intrinsic function', `${idOf('Stage')}/Properties/StageName`, { 'Fn::Sub': 'prod' }, 'Fn::Sub'],
  ])('%s', (_, path, value, message) => {
    expect(() => readChanged(path, value)).toThrow(message);
  });
});

describe('refuses what API Gateway does not deploy', () => {
  it.each([
    ['a response that the method does not declare', `${post}/Properties/MethodResponses`, [], 'status 202'],
    [
      'a header that the method does not declare',
      `${response}/ResponseParameters`,
      { 'method.response.header.X-Other': "'x'" },
      'does not declare X-Other',
    ],
    ['two responses of one status', `${integration}/IntegrationResponses/1/StatusCode`, '202', 'the same status'],
    ['two responses without a pattern', `${response}/SelectionPattern`, '', 'more than one response'],
  ])('%s', (_, path, value, message) => {
    expect(() => readChanged(path, value)).toThrow(message);
  });
});
