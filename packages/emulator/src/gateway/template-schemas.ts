import * as z from 'zod';
import { gatewayErrorTypes } from './gateway-response.ts';
import { lintTemplate } from './lint-template.ts';

/** The value that `Ref`, or `Fn::GetAtt` when there is an attribute, has in the deployed stack. */
export type Resolve = (reference: { readonly logicalId: string; readonly attribute?: string }) => string;

/** What changes no answer. */
const ignored = z.unknown().optional();
const ignoring = (...names: readonly string[]) => z.partialRecord(z.enum(names), z.unknown());

const action = /^arn:[\w-]+:apigateway:([\w-]+):states:action\/(\w+)$/;
const invocation = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/**
 * The properties with the value of each `Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::Split` and `Fn::Select`, the intrinsic functions that the stack uses in
 * its API. A resource of the API is its logical id, and the root of the paths is ''.
 *
 * @throws for another intrinsic function.
 */
export function resolveAll(properties: unknown, resolve: Resolve, isOfApi: (logicalId: string) => boolean): unknown {
  if (Array.isArray(properties)) return properties.map((each) => resolveAll(each, resolve, isOfApi));
  if (typeof properties !== 'object' || properties === null) return properties;
  const values = Object.entries(properties).map(([key, value]) => [key, resolveAll(value, resolve, isOfApi)] as const);
  const [[key, value] = []] = values;
  if (values.length !== 1 || !/^(?:Ref$|Fn::)/.test(key ?? '')) return Object.fromEntries(values);
  const [logicalId = '', attribute] = [value].flat() as string[];
  if (key === 'Ref') return isOfApi(logicalId) ? logicalId : resolve({ logicalId });
  if (key === 'Fn::GetAtt' && attribute === 'RootResourceId') return '';
  if (key === 'Fn::GetAtt' && attribute !== undefined) return resolve({ logicalId, attribute });
  if (key === 'Fn::Join') return (attribute as unknown as string[]).join(logicalId);
  if (key === 'Fn::Split') return attribute?.split(logicalId);
  if (key === 'Fn::Select') return [value].flat()[1 + Number(logicalId)];
  throw new Error(`${JSON.stringify(properties)} is not understood`);
}

const matching = (pattern: RegExp, what: string) =>
  z.string().regex(pattern, { error: ({ input }) => `${input} is not ${what}` });
const status = z.string().transform(Number);

/** Headers by name, from a map of parameters like `method.response.header.Location` to static values in apostrophes. */
const headersOf = (prefix: string) =>
  z.record(z.string().startsWith(prefix), matching(/^'[^']*'$/, 'static')).transform((values) => {
    const headers = Object.entries(values).map(([name, value]) => [name.slice(prefix.length), value.slice(1, -1)]);
    return Object.fromEntries(headers) as Record<string, string>;
  });

const template = z
  .strictObject({ 'application/json': z.string() }, 'there must be a template for application/json, and no other')
  .transform(({ 'application/json': only }) => only);
const linted = template.transform((only) => {
  lintTemplate(only);
  return only;
});

const answer = { StatusCode: status, ResponseParameters: headersOf('method.response.header.') };
const response = z
  .strictObject({
    ...answer,
    SelectionPattern: matching(/^(?:\d|\\d|\{\d\})*$/, 'understood as a SelectionPattern').optional(),
    ResponseTemplates: linted,
  })
  .transform(({ StatusCode, ResponseParameters, SelectionPattern, ResponseTemplates }) => ({
    statusCode: StatusCode,
    headers: ResponseParameters,
    ...(SelectionPattern ? { selectionPattern: new RegExp(`^${SelectionPattern}$`) } : {}),
    template: ResponseTemplates,
  }));

const execution = z
  .strictObject({
    Type: z.literal('AWS'),
    IntegrationHttpMethod: z.literal('POST'),
    Uri: matching(action, 'an action of Step Functions'),
    Credentials: matching(/./, 'a role'),
    PassthroughBehavior: z.literal('NEVER', 'a body could pass without a template'),
    RequestTemplates: linted,
    IntegrationResponses: z.array(response),
  })
  .transform(({ Uri, RequestTemplates: requestTemplate, IntegrationResponses: responses }) => {
    const [, region = '', name = ''] = action.exec(Uri) ?? [];
    return { type: 'AWS' as const, region, action: name, requestTemplate, responses };
  });
const proxy = z
  .strictObject({
    Type: z.literal('AWS_PROXY'),
    IntegrationHttpMethod: z.literal('POST'),
    Uri: matching(invocation, 'a function'),
  })
  .transform(({ Uri }) => ({ type: 'AWS_PROXY' as const, functionArn: invocation.exec(Uri)?.[1] ?? '' }));
/** A preflight as the CDK writes it: always the same answer. */
const mock = z
  .strictObject({
    Type: z.literal('MOCK'),
    PassthroughBehavior: ignored,
    RequestTemplates: template.pipe(z.literal('{ statusCode: 200 }')),
    IntegrationResponses: z.tuple([z.strictObject(answer)], 'a mock has one response'),
  })
  .transform(({ IntegrationResponses: [{ StatusCode: statusCode, ResponseParameters: headers }] }) => {
    return { type: 'MOCK' as const, responses: [{ statusCode, headers }] as const };
  });

const RestApiId = ignored;

/** The properties of the resources of an API, by type. One that is not listed is an error, so that nothing that changes an answer of the API is ignored. */
export const schemas = {
  RestApi: ignoring('Name', 'Description', 'EndpointConfiguration', 'Tags'),
  Resource: z.strictObject({
    RestApiId,
    ParentId: z.string(),
    PathPart: matching(/^(?:[\w-]+|\{\w+\})$/, 'a path'),
  }),
  Method: z.strictObject({
    RestApiId,
    ResourceId: z.string(),
    HttpMethod: z.string(),
    OperationName: ignored,
    AuthorizationType: z.enum(['NONE', 'CUSTOM'], 'authorization is not modelled but by a Lambda authorizer'),
    AuthorizerId: z.string().optional(),
    ApiKeyRequired: z.literal(false, 'API keys are not modelled').optional(),
    Integration: z.discriminatedUnion('Type', [execution, proxy, mock], {
      error: ({ input }) => `the integration type ${(input as { Type?: unknown }).Type} is not understood`,
    }),
    MethodResponses: z
      .array(
        z.strictObject({
          StatusCode: status,
          ResponseModels: ignored,
          ResponseParameters: z.record(z.string(), z.unknown()).default({}),
        }),
      )
      .default([]),
    RequestModels: z.strictObject({ 'application/json': z.string() }).optional(),
    RequestParameters: z.record(z.string(), z.unknown()).default({}),
    RequestValidatorId: z.string().optional(),
  }),
  Authorizer: z
    .strictObject({
      ...{ RestApiId, Name: ignored },
      Type: z.literal('TOKEN', 'only authorizers by a token are modelled'),
      AuthorizerUri: matching(invocation, 'a function'),
      IdentitySource: matching(/^method\.request\.header\.[\w-]+$/, 'a header'),
      IdentityValidationExpression: z.string().transform((pattern) => new RegExp(`^(?:${pattern})$`)),
      AuthorizerResultTtlInSeconds: z.int().min(0).max(3_600),
    })
    .transform((one) => ({
      functionArn: invocation.exec(one.AuthorizerUri)?.[1] ?? '',
      header: one.IdentitySource.slice('method.request.header.'.length).toLowerCase(),
      pattern: one.IdentityValidationExpression,
      ttlSeconds: one.AuthorizerResultTtlInSeconds,
    })),
  Model: z.strictObject({ RestApiId, ContentType: ignored, Description: ignored, Name: ignored, Schema: z.unknown() }),
  RequestValidator: z.strictObject({
    ...{ RestApiId, Name: ignored, ValidateRequestParameters: ignored },
    ValidateRequestBody: z.boolean(),
  }),
  GatewayResponse: z
    .strictObject({
      RestApiId,
      ResponseType: z.enum(gatewayErrorTypes, {
        error: ({ input }) => `${input} is not a response type of this API`,
      }),
      StatusCode: status.optional(),
      ResponseParameters: headersOf('gatewayresponse.header.'),
      ResponseTemplates: template,
    })
    .transform(({ ResponseType: type, StatusCode: statusCode, ResponseParameters: headers, ResponseTemplates }) => {
      return { type, ...(statusCode === undefined ? {} : { statusCode }), headers, template: ResponseTemplates };
    })
    .refine(({ type, template: body }) => {
      const own = type === 'BAD_REQUEST_BODY' ? 'validationErrorString' : 'responseType';
      return !new RegExp(String.raw`\$(?!context\.error\.(?:messageString|${own})\b)`).test(body);
    }, 'a variable of its template is not understood'),
  Stage: z.strictObject({
    ...{ RestApiId, DeploymentId: ignored, Description: ignored, Tags: ignored },
    ...{ AccessLogSetting: ignored, MethodSettings: ignored, TracingEnabled: ignored },
    StageName: z.string(),
  }),
  Deployment: ignoring('RestApiId', 'Description'),
  Account: ignoring('CloudWatchRoleArn'),
};
