import * as z from 'zod';
import { gatewayErrorTypes } from './gateway-response.ts';
import { lintTemplate } from './lint-template.ts';

/** The value that `Ref`, or `Fn::GetAtt` when there is an attribute, has in the deployed stack. */
export type Resolve = (reference: { readonly logicalId: string; readonly attribute?: string }) => string;

/** What changes no answer. */
const ignored = z.unknown().optional();
const ignoring = (...names: readonly string[]) => z.partialRecord(z.enum(names), z.unknown());

const link = z.strictObject({ Ref: z.string() }).transform(({ Ref }) => Ref);

/** The resource above; the root has no logical id, it is `Fn::GetAtt` of the API. */
const parent = z.union([link, z.strictObject({ 'Fn::GetAtt': z.unknown() }).transform(() => undefined)]);

const action = /^arn:[\w-]+:apigateway:([\w-]+):states:action\/(\w+)$/;
const invocation = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** The properties of the resources of an API, by type. One that is not listed is an error, so that nothing that changes an answer of the API is ignored. */
export function schemasOf(resolve: Resolve) {
  /** A text with `Ref`, `Fn::GetAtt` and `Fn::Join`, the intrinsic functions that the stack uses in its API. */
  const text: z.ZodType<string> = z.lazy(() =>
    z.union(
      [
        z.string(),
        link.transform((logicalId) => resolve({ logicalId })),
        z
          .strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
          .transform(({ 'Fn::GetAtt': [logicalId, attribute] }) => resolve({ logicalId, attribute })),
        z
          .strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(text)]) })
          .transform(({ 'Fn::Join': [separator, parts] }) => parts.join(separator)),
      ],
      { error: ({ input }) => `${JSON.stringify(input)} is not a text` },
    ),
  );
  const matching = (pattern: RegExp, what: string) =>
    text.pipe(z.string().regex(pattern, { error: ({ input }) => `${input} is not ${what}` }));
  /** Headers by name, from a map of parameters like `method.response.header.Location` to static values in apostrophes. */
  const headersOf = (prefix: string) =>
    z.record(z.string().startsWith(prefix), matching(/^'[^']*'$/, 'static')).transform((values) => {
      const headers = Object.entries(values).map(([name, value]) => [name.slice(prefix.length), value.slice(1, -1)]);
      return Object.fromEntries(headers) as Record<string, string>;
    });
  const template = z
    .strictObject({ 'application/json': text }, 'there must be a template for application/json, and no other')
    .transform(({ 'application/json': only }) => only);
  const linted = template.transform((only) => {
    lintTemplate(only);
    return only;
  });
  const answer = {
    StatusCode: text.transform(Number),
    ResponseParameters: headersOf('method.response.header.'),
  };
  const response = z.strictObject({
    ...answer,
    SelectionPattern: matching(/^(?:\d|\\d|\{\d\})*$/, 'understood as a SelectionPattern').optional(),
    ResponseTemplates: linted,
  });
  const integration = z.discriminatedUnion(
    'Type',
    [
      z
        .strictObject({
          Type: z.literal('AWS'),
          IntegrationHttpMethod: z.literal('POST'),
          Uri: matching(action, 'an action of Step Functions'),
          Credentials: matching(/./, 'a role'),
          PassthroughBehavior: z.literal('NEVER', 'a body could pass without a template'),
          RequestTemplates: linted,
          IntegrationResponses: z.array(response),
        })
        .transform(({ Uri, RequestTemplates, IntegrationResponses }) => {
          const [, region = '', name = ''] = action.exec(Uri) ?? [];
          const responses = IntegrationResponses.map(
            ({ StatusCode: statusCode, ResponseParameters: headers, ...one }) => {
              const selection = one.SelectionPattern
                ? { selectionPattern: new RegExp(`^${one.SelectionPattern}$`) }
                : {};
              return { statusCode, headers, ...selection, template: one.ResponseTemplates };
            },
          );
          return { type: 'AWS' as const, region, action: name, requestTemplate: RequestTemplates, responses };
        }),
      z
        .strictObject({
          Type: z.literal('AWS_PROXY'),
          IntegrationHttpMethod: z.literal('POST'),
          Uri: matching(invocation, 'a function'),
        })
        .transform(({ Uri }) => ({ type: 'AWS_PROXY' as const, functionArn: invocation.exec(Uri)?.[1] ?? '' })),
      // A preflight as the CDK writes it: always the same answer.
      z
        .strictObject({
          Type: z.literal('MOCK'),
          PassthroughBehavior: ignored,
          RequestTemplates: template.pipe(z.literal('{ statusCode: 200 }')),
          IntegrationResponses: z.tuple([z.strictObject(answer)], 'a mock has one response'),
        })
        .transform(({ IntegrationResponses: [{ StatusCode: statusCode, ResponseParameters: headers }] }) => {
          return { type: 'MOCK' as const, responses: [{ statusCode, headers }] as const };
        }),
    ],
    { error: ({ input }) => `the integration type ${(input as { Type?: unknown }).Type} is not understood` },
  );
  const RestApiId = ignored;
  return {
    RestApi: ignoring('Name', 'Description', 'EndpointConfiguration', 'Tags'),
    Resource: z.strictObject({ ParentId: parent, PathPart: matching(/^(?:[\w-]+|\{\w+\})$/, 'a path'), RestApiId }),
    Method: z.strictObject({
      RestApiId,
      ResourceId: parent,
      HttpMethod: text,
      OperationName: ignored,
      AuthorizationType: z.literal('NONE', 'authorization is not modelled'),
      ApiKeyRequired: z.literal(false, 'API keys are not modelled').optional(),
      Integration: integration,
      MethodResponses: z
        .array(
          z.strictObject({
            StatusCode: text.transform(Number),
            ResponseModels: ignored,
            ResponseParameters: z.record(z.string(), z.unknown()).default({}),
          }),
        )
        .default([]),
      RequestModels: z.strictObject({ 'application/json': link }).optional(),
      RequestParameters: z.record(z.string(), z.unknown()).default({}),
      RequestValidatorId: link.optional(),
    }),
    Model: z.strictObject({
      ContentType: ignored,
      Description: ignored,
      Name: ignored,
      RestApiId,
      Schema: z.unknown(),
    }),
    RequestValidator: z.strictObject({
      RestApiId,
      Name: ignored,
      ValidateRequestBody: z.boolean(),
      ValidateRequestParameters: ignored,
    }),
    GatewayResponse: z
      .strictObject({
        RestApiId,
        ResponseType: z.enum(gatewayErrorTypes, {
          error: ({ input }) => `${input} is not a response type of this API`,
        }),
        StatusCode: text.transform(Number).optional(),
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
      StageName: text,
    }),
    Deployment: ignoring('RestApiId', 'Description'),
    Account: ignoring('CloudWatchRoleArn'),
  };
}
