import type { StackTemplate } from '@coffee/infra';
import * as z from 'zod';
import type { Resolve } from './template-schemas.ts';
import { resolveAll, schemas } from './template-schemas.ts';

/** The REST API of the stack, as its CloudFormation template describes it. */
export type GatewayApi = ReturnType<typeof readApi>;

/** What is done with the requests of one method of one path, like `GET /order/{orderid}`. */
export type Route = GatewayApi['routes'][number];

/** A call of a Step Functions action, its body made by a template. */
export type ExecutionIntegration = Extract<Route['integration'], { readonly type: 'AWS' }>;

type Schemas = typeof schemas;
type Method = z.output<Schemas['Method']>;

/** Tells the caller of a request by a token in a header. */
export type Authorizer = z.output<Schemas['Authorizer']>;

const service = 'AWS::ApiGateway::';

/**
 * Reads the REST API of the stack's CloudFormation template.
 *
 * @throws for anything of the API that the gateway does not understand, and for what API Gateway refuses to deploy.
 */
export function readApi({ Resources }: StackTemplate, resolve: Resolve) {
  const isOfApi = (logicalId: string) => Resources[logicalId]?.Type.startsWith(service) === true;

  function all<Type extends keyof Schemas>(type: Type): Map<string, z.output<Schemas[Type]>> {
    const found = Object.entries(Resources).filter(([, { Type }]) => Type === service + type);
    return new Map(
      found.map(([id, { Properties = {} }]) => {
        const { success, error, data } = schemas[type].safeParse(resolveAll(Properties, resolve, isOfApi));
        if (!success) throw new Error(`${type} ${id}: ${z.prettifyError(error)}`);
        return [id, data as z.output<Schemas[Type]>];
      }),
    );
  }
  function only<Type extends keyof Schemas>(type: Type): [string, z.output<Schemas[Type]>] {
    const count = Object.values(Resources).filter(({ Type }) => Type === service + type).length;
    const [one] = count === 1 ? all(type) : [];
    if (one === undefined) throw new Error(`the template must have one ${type}`);
    return one;
  }
  function find<Of>(among: ReadonlyMap<string, Of>, name: string, id: string): Of {
    const found = among.get(id);
    if (found === undefined) throw new Error(`${name} ${id} is not in the template`);
    return found;
  }

  const [[apiId], [, stage]] = [only('RestApi'), only('Stage')];
  for (const [id, { Type }] of Object.entries(Resources)) {
    if (!Type.startsWith(service)) continue;
    const type = Type.slice(service.length);
    if (!Object.hasOwn(schemas, type)) throw new Error(`${Type} ${id} is not understood`);
    all(type as keyof Schemas);
  }
  const [resources, models, validators] = [all('Resource'), all('Model'), all('RequestValidator')];
  const authorizers = all('Authorizer');
  const pathOf = (id: string): string => {
    if (id === '') return '';
    const { ParentId, PathPart } = find(resources, 'ResourceId', id);
    return `${pathOf(ParentId)}/${PathPart}`;
  };

  const routes = [...all('Method')].map(([id, method]) => {
    const { ResourceId, HttpMethod: httpMethod, Integration: integration, RequestModels, RequestValidatorId } = method;
    const { AuthorizationType, AuthorizerId } = method;
    const path = pathOf(ResourceId) || '/';
    checkMethod(`Method ${id}`, path, method);
    const authorizer = AuthorizerId === undefined ? undefined : find(authorizers, 'AuthorizerId', AuthorizerId);
    if ((AuthorizationType === 'CUSTOM') !== (authorizer !== undefined)) {
      throw new Error(`Method ${id}: an AuthorizerId and the AuthorizationType CUSTOM belong together`);
    }
    const validator =
      RequestValidatorId === undefined ? undefined : find(validators, 'RequestValidatorId', RequestValidatorId);
    const model = RequestModels && find(models, 'RequestModels', RequestModels['application/json']);
    return {
      resourceId: ResourceId || 'root',
      path,
      httpMethod,
      ...(authorizer === undefined ? {} : { authorizer }),
      /** What a body of the content type `application/json` must match: JSON Schema draft 4. */
      ...(validator?.ValidateRequestBody && model ? { model: model.Schema } : {}),
      integration,
    };
  });
  return {
    id: resolve({ logicalId: apiId }),
    stage: stage.StageName,
    /** Plain paths before those with a parameter: `{` sorts after letters and digits. */
    routes: routes.sort((a, b) => (a.path < b.path ? -1 : 1)),
    gatewayResponses: Object.fromEntries([...all('GatewayResponse').values()].map(({ type, ...one }) => [type, one])),
  };
}

/** What API Gateway refuses to deploy, and parameters that may be missing. */
function checkMethod(what: string, path: string, { RequestParameters, MethodResponses, Integration }: Method): void {
  const refuse = (why: string) => {
    throw new Error(`${what}: ${why}`);
  };
  for (const parameter of Object.keys(RequestParameters)) {
    const [, name] = /^method\.request\.path\.(\w+)$/.exec(parameter) ?? [];
    if (!path.includes(`{${name}}`)) refuse(`${parameter} is not a parameter of its path`); // which is always there
  }
  if (Integration.type === 'AWS_PROXY') return;
  const responses: readonly { statusCode: number; headers: object; selectionPattern?: RegExp }[] =
    Integration.responses;
  if (new Set(responses.map(({ statusCode }) => statusCode)).size < responses.length) {
    refuse('two responses have the same status; the last replaces the first');
  }
  const others = responses.filter(({ selectionPattern }) => selectionPattern === undefined);
  if (others.length > 1) refuse('more than one response has no SelectionPattern');
  for (const { statusCode, headers } of responses) {
    const declared = MethodResponses.find(({ StatusCode }) => StatusCode === statusCode)?.ResponseParameters;
    if (declared === undefined) refuse(`the method declares no response of status ${statusCode}`);
    const name = Object.keys(headers).find((each) => !Object.hasOwn(declared ?? {}, `method.response.header.${each}`));
    if (name !== undefined) refuse(`the method's response ${statusCode} does not declare ${name}`);
  }
}
