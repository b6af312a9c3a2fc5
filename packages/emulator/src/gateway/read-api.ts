import type { ApiMethod, ApiResource, GatewayApi, GatewayResponse } from './api.ts';
import { gatewayErrorTypes } from './gateway-error.ts';
import { checkExpression } from './mapping-expression.ts';
import type { Json } from './properties.ts';
import { Properties } from './properties.ts';
import type { DeclaredHeaders } from './read-integration.ts';
import { readIntegration } from './read-integration.ts';
import type { Resolve } from './resolve-value.ts';

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
    ...['StageName', 'RestApiId', 'DeploymentId', 'Variables', 'Description', 'Tags'],
    ...['AccessLogSetting', 'MethodSettings', 'TracingEnabled'], // these change no answer
  ],
  Deployment: ['RestApiId', 'Description', 'StageName'],
  Account: ['CloudWatchRoleArn'],
};

/**
 * Reads the REST API of a CloudFormation template.
 *
 * @throws for anything of the API that the gateway does not understand, and for what API Gateway refuses to deploy.
 */
export function readApi(template: StackTemplate, resolve: Resolve): GatewayApi {
  const reader = new ApiReader(template, resolve);
  return reader.read();
}

class ApiReader {
  readonly #resolve: Resolve;
  readonly #byType = new Map<string, Map<string, Properties>>();

  constructor(template: StackTemplate, resolve: Resolve) {
    this.#resolve = resolve;
    for (const [id, { Type, Properties: values = {} }] of Object.entries(template.Resources)) {
      const [, type] = /^AWS::ApiGateway::(\w+)$/.exec(Type) ?? [];
      if (type === undefined) continue;
      const allowed = Object.hasOwn(known, type) ? known[type] : undefined;
      if (allowed === undefined) throw new Error(`${Type} ${id} is not understood`);
      const properties = new Properties(`${Type} ${id}`, values, resolve, allowed);
      this.#byType.set(type, (this.#byType.get(type) ?? new Map()).set(id, properties));
    }
  }

  read(): GatewayApi {
    const [api, ...others] = this.#all('RestApi');
    if (api === undefined || others.length > 0) throw new Error('the template must have one RestApi');
    const [apiId] = api;
    const gatewayResponses = this.#all('GatewayResponse').map(([, response]) => this.#gatewayResponse(response));
    const stages = this.#all('Stage').map(([, stage]) => [stage.text('StageName'), stage.texts('Variables')] as const);
    return {
      id: this.#resolve({ logicalId: apiId }),
      resources: this.#resources(),
      gatewayResponses: Object.fromEntries(gatewayResponses),
      stages: Object.fromEntries(stages),
    };
  }

  #all(type: string): [string, Properties][] {
    return [...(this.#byType.get(type) ?? [])];
  }

  #resources(): ApiResource[] {
    const methods = new Map<string, Record<string, ApiMethod>>([['', {}]]);
    for (const [id] of this.#all('Resource')) methods.set(id, {});
    for (const [, method] of this.#all('Method')) {
      const owner = methods.get(method.logicalId('ResourceId') ?? '');
      if (owner === undefined) return method.fail('its ResourceId is none of this template');
      owner[method.text('HttpMethod')] = this.#method(method);
    }
    return [...methods].map(([id, own]) => ({ id: id === '' ? 'root' : id, path: this.#path(id), methods: own }));
  }

  /** The path of a resource; the root has no logical id, it is `Fn::GetAtt` of the API. */
  #path(id: string): string {
    if (id === '') return '/';
    const resource = this.#byType.get('Resource')?.get(id);
    if (resource === undefined) throw new Error(`there is no resource ${id}`);
    const parent = this.#path(resource.logicalId('ParentId') ?? '');
    return `${parent === '/' ? '' : parent}/${resource.text('PathPart')}`;
  }

  #method(method: Properties): ApiMethod {
    if (method.text('AuthorizationType') !== 'NONE') method.fail('authorization is not modelled');
    if (method.isTrue('ApiKeyRequired')) method.fail('API keys are not modelled');
    const validatorId = method.logicalId('RequestValidatorId');
    const validator = validatorId === undefined ? undefined : this.#byType.get('RequestValidator')?.get(validatorId);
    if (validator === undefined && method.raw('RequestValidatorId') !== undefined)
      method.fail('it has no such validator');
    const models = Object.entries((method.raw('RequestModels') ?? {}) as Json);
    const parameters = Object.entries((method.raw('RequestParameters') ?? {}) as Json);
    return {
      validateBody: validator?.isTrue('ValidateRequestBody') ?? false,
      validateParameters: validator?.isTrue('ValidateRequestParameters') ?? false,
      requiredParameters: parameters.filter(([, required]) => String(required) === 'true').map(([name]) => name),
      models: Object.fromEntries(models.map(([contentType, model]) => [contentType, this.#schema(method, model)])),
      integration: readIntegration(method, declaredHeaders(method)),
    };
  }

  #schema(method: Properties, model: unknown): unknown {
    if (model === 'Empty') return {};
    const id = (model as { readonly Ref?: string }).Ref;
    const found = this.#all('Model').find(([own, one]) => own === id || one.raw('Name') === model);
    if (found === undefined) return method.fail(`it has no model ${JSON.stringify(model)}`);
    return found[1].value('Schema');
  }

  #gatewayResponse(response: Properties): [string, GatewayResponse] {
    const type = response.text('ResponseType');
    if (!gatewayErrorTypes.includes(type)) response.fail(`the response type ${type} is not understood`);
    const prefix = 'gatewayresponse.header.';
    const headers = Object.entries(response.texts('ResponseParameters')).map(([key, expression]) => {
      checkExpression(expression, false);
      if (!key.startsWith(prefix)) response.fail(`${key} is not understood: only ${prefix}…`);
      return [key.slice(prefix.length), expression] as const;
    });
    const statusCode = response.textOr('StatusCode', '');
    return [
      type,
      {
        ...(statusCode === '' ? {} : { statusCode: Number(statusCode) }),
        headers: Object.fromEntries(headers),
        templates: response.texts('ResponseTemplates'),
      },
    ];
  }
}

function declaredHeaders(method: Properties): DeclaredHeaders {
  const prefix = 'method.response.header.';
  const declared = method.items('MethodResponses', ['StatusCode', 'ResponseModels', 'ResponseParameters']);
  return new Map(
    declared.map((response) => {
      const names = Object.keys((response.raw('ResponseParameters') ?? {}) as Json);
      return [response.text('StatusCode'), names.map((name) => name.slice(prefix.length))] as const;
    }),
  );
}
