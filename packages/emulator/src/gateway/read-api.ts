import type { ExecutionIntegration, GatewayApi, GatewayResponse, IntegrationResponse, Route } from './api.ts';
import { gatewayErrorTypes } from './gateway-response.ts';
import { lintTemplate } from './lint-template.ts';
import type { Json, Resolve } from './properties.ts';
import { Properties } from './properties.ts';

/** A parsed CloudFormation template, as far as it is read here. */
export interface StackTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
}

/** The properties that are understood, by the type of the resource without `AWS::ApiGateway::`. */
const known: Readonly<Record<string, readonly string[]>> = {
  RestApi: ['Name', 'Description', 'EndpointConfiguration', 'Tags'],
  Resource: ['ParentId', 'PathPart', 'RestApiId'],
  Method: [
    ...['HttpMethod', 'ResourceId', 'RestApiId', 'AuthorizationType', 'ApiKeyRequired', 'Integration', 'OperationName'],
    ...['MethodResponses', 'RequestModels', 'RequestParameters', 'RequestValidatorId'],
  ],
  Model: ['ContentType', 'Description', 'Name', 'RestApiId', 'Schema'],
  RequestValidator: ['Name', 'RestApiId', 'ValidateRequestBody', 'ValidateRequestParameters'],
  GatewayResponse: ['ResponseParameters', 'ResponseTemplates', 'ResponseType', 'RestApiId', 'StatusCode'],
  Stage: [
    ...['StageName', 'RestApiId', 'DeploymentId', 'Description', 'Tags'],
    ...['AccessLogSetting', 'MethodSettings', 'TracingEnabled'], // these change no answer
  ],
  Deployment: ['RestApiId', 'Description'],
  Account: ['CloudWatchRoleArn'],
};

const mapped = ['Type', 'PassthroughBehavior', 'RequestTemplates', 'IntegrationResponses'];
const called = ['Type', 'Uri', 'IntegrationHttpMethod'];

/**
 * Reads the REST API of the stack's CloudFormation template.
 *
 * @throws for anything of the API that the gateway does not understand, and for what API Gateway refuses to deploy.
 */
export function readApi(template: StackTemplate, resolve: Resolve): GatewayApi {
  return new ApiReader(template, resolve).read();
}

class ApiReader {
  readonly #resolve: Resolve;
  readonly #byType = new Map<string, Map<string, Properties>>();

  constructor(template: StackTemplate, resolve: Resolve) {
    this.#resolve = resolve;
    for (const [id, { Type, Properties: values = {} }] of Object.entries(template.Resources)) {
      const [, type] = /^AWS::ApiGateway::(\w+)$/.exec(Type) ?? [];
      if (type === undefined) continue;
      const allowed = known[type];
      if (allowed === undefined) throw new Error(`${Type} ${id} is not understood`);
      const properties = new Properties(`${Type} ${id}`, values, resolve, allowed);
      this.#byType.set(type, (this.#byType.get(type) ?? new Map()).set(id, properties));
    }
  }

  read(): GatewayApi {
    const [apiId] = this.#only('RestApi');
    const [, stage] = this.#only('Stage');
    const routes = this.#all('Method').map(([, method]) => this.#route(method));
    return {
      id: this.#resolve({ logicalId: apiId }),
      stage: stage.text('StageName'),
      routes: routes.sort((a, b) => (a.path < b.path ? -1 : 1)), // `{` sorts after letters and digits
      gatewayResponses: Object.fromEntries(this.#all('GatewayResponse').map(([, one]) => readGatewayResponse(one))),
    };
  }

  #all(type: string): [string, Properties][] {
    return [...(this.#byType.get(type) ?? [])];
  }

  #only(type: string): [string, Properties] {
    const [one, ...others] = this.#all(type);
    if (one === undefined || others.length > 0) throw new Error(`the template must have one ${type}`);
    return one;
  }

  #find(type: string, owner: Properties, name: string): Properties | undefined {
    if (owner.raw(name) === undefined) return undefined;
    return this.#byType.get(type)?.get(owner.logicalId(name) ?? '') ?? owner.fail(`${name} is not in the template`);
  }

  /** The path of a resource; the root has no logical id, it is `Fn::GetAtt` of the API. */
  #path(owner: Properties, name: string): string {
    if (owner.logicalId(name) === undefined) return '';
    const resource = this.#find('Resource', owner, name);
    const part = resource?.text('PathPart') ?? '';
    if (resource === undefined || !/^(?:[\w-]+|\{\w+\})$/.test(part)) return owner.fail(`the path ${part}`);
    return `${this.#path(resource, 'ParentId')}/${part}`;
  }

  #route(method: Properties): Route {
    if (method.text('AuthorizationType') !== 'NONE') method.fail('authorization is not modelled');
    if (method.raw('ApiKeyRequired') === true) method.fail('API keys are not modelled');
    const path = this.#path(method, 'ResourceId') || '/';
    for (const parameter of Object.keys((method.raw('RequestParameters') ?? {}) as Json)) {
      const [, name] = /^method\.request\.path\.(\w+)$/.exec(parameter) ?? [];
      if (!path.includes(`{${name}}`)) method.fail(`${parameter} is not a parameter of its path`); // which is always there
    }
    const model = this.#model(method);
    return {
      resourceId: method.logicalId('ResourceId') ?? 'root',
      path,
      httpMethod: method.text('HttpMethod'),
      ...(model === undefined ? {} : { model }),
      integration: readIntegration(method),
    };
  }

  /** The schema that bodies are checked against; none unless the validator of the method checks bodies. */
  #model(method: Properties): unknown {
    const models = method.object('RequestModels', ['application/json']);
    const validator = this.#find('RequestValidator', method, 'RequestValidatorId');
    const model = this.#find('Model', models, 'application/json');
    return validator?.raw('ValidateRequestBody') === true ? model?.raw('Schema') : undefined;
  }
}

function readIntegration(method: Properties): Route['integration'] {
  const { Type: type } = method.raw('Integration') as Json;
  if (type === 'MOCK') return readMock(method);
  const isProxy = type === 'AWS_PROXY';
  if (!isProxy && type !== 'AWS') return method.fail(`the integration type ${String(type)} is not understood`);
  const integration = method.object('Integration', isProxy ? called : [...called, ...mapped, 'Credentials']);
  if (integration.text('IntegrationHttpMethod') !== 'POST') integration.fail('services are called by POST');
  const uri = integration.text('Uri');
  if (isProxy) {
    const [, functionArn] = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri) ?? [];
    return functionArn === undefined ? integration.fail(`${uri} is not a function`) : { type, functionArn };
  }
  const [, region, action] = /^arn:[\w-]+:apigateway:([\w-]+):states:action\/(\w+)$/.exec(uri) ?? [];
  if (region === undefined || action === undefined)
    return integration.fail(`${uri} is not an action of Step Functions`);
  if (integration.text('Credentials') === '') integration.fail('a service is called with the credentials of a role');
  if (integration.text('PassthroughBehavior') !== 'NEVER') integration.fail('bodies could pass without a template');
  const requestTemplate = integration.jsonTemplate('RequestTemplates');
  lintTemplate(requestTemplate);
  return { type, region, action, requestTemplate, responses: readResponses(method, integration) };
}

/** A preflight as the CDK writes it: always the same answer. */
function readMock(method: Properties): Route['integration'] {
  const integration = method.object('Integration', mapped);
  if (integration.jsonTemplate('RequestTemplates') !== '{ statusCode: 200 }') integration.fail('the status is not 200');
  const [response, ...others] = integration.items('IntegrationResponses', ['StatusCode', 'ResponseParameters']);
  if (response === undefined || others.length > 0) return integration.fail('a mock has one response');
  return { type: 'MOCK', ...readAnswer(method, response) };
}

function readResponses(method: Properties, integration: Properties): ExecutionIntegration['responses'] {
  const responses = integration
    .items('IntegrationResponses', ['StatusCode', 'SelectionPattern', 'ResponseParameters', 'ResponseTemplates'])
    .map((response): IntegrationResponse => {
      const template = response.jsonTemplate('ResponseTemplates');
      lintTemplate(template);
      const pattern = response.text('SelectionPattern', '');
      if (!/^(?:\d|\\d|\{\d\})*$/.test(pattern)) response.fail(`the SelectionPattern ${pattern} is not understood`);
      const selection = pattern === '' ? {} : { selectionPattern: new RegExp(`^${pattern}$`) };
      return { ...readAnswer(method, response), ...selection, template };
    });
  if (new Set(responses.map(({ statusCode }) => statusCode)).size < responses.length) {
    integration.fail('two responses have the same status; the last replaces the first');
  }
  if (responses.filter(({ selectionPattern }) => selectionPattern === undefined).length > 1) {
    integration.fail('more than one response has no SelectionPattern');
  }
  return responses;
}

/** The status and the headers of a response, which the method must declare too. */
function readAnswer(method: Properties, response: Properties) {
  const status = response.text('StatusCode');
  const declared = method
    .items('MethodResponses', ['StatusCode', 'ResponseModels', 'ResponseParameters'])
    .find((one) => one.text('StatusCode') === status);
  if (declared === undefined) return response.fail(`the method declares no response of status ${status}`);
  const prefix = 'method.response.header.';
  const headers = response.headers('ResponseParameters', prefix);
  for (const name of Object.keys(headers)) {
    if (!Object.hasOwn((declared.raw('ResponseParameters') ?? {}) as Json, prefix + name)) {
      response.fail(`the method's response ${status} does not declare ${name}`);
    }
  }
  return { statusCode: Number(status), headers };
}

function readGatewayResponse(response: Properties): [string, GatewayResponse] {
  const type = response.text('ResponseType');
  if (!gatewayErrorTypes.includes(type)) response.fail(`the response type ${type} is not understood`);
  const template = response.jsonTemplate('ResponseTemplates');
  const variables = type === 'BAD_REQUEST_BODY' ? 'messageString|validationErrorString' : 'messageString|responseType';
  if (new RegExp(String.raw`\$(?!context\.error\.(?:${variables})\b)`).test(template)) {
    response.fail(`a variable is not understood: ${template}`);
  }
  const statusCode = response.text('StatusCode', '');
  return [
    type,
    {
      ...(statusCode === '' ? {} : { statusCode: Number(statusCode) }),
      headers: response.headers('ResponseParameters', 'gatewayresponse.header.'),
      template,
    },
  ];
}
