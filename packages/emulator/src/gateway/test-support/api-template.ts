import type { StackTemplate } from '../read-api.ts';
import { readApi } from '../read-api.ts';
import type { TemplateReference } from '../resolve-value.ts';

const cors = { 'method.response.header.Access-Control-Allow-Origin': "'*'" };
const declared = {
  'method.response.header.Access-Control-Allow-Origin': true,
  'method.response.header.Content-Type': true,
};
const uri = (end: readonly unknown[]) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ...end]],
});
const gatewayResponse = (ResponseType: string, more: object) => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ResponseType,
    ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
    ...more,
  },
});

/** An API in the manner of CDK: a service integration, a Lambda proxy, a preflight and gateway responses. */
export const template = {
  Resources: {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'test' } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { anything: true } },
    Order: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        PathPart: 'order',
        RestApiId: { Ref: 'Api' },
      },
    },
    OneOrder: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { ParentId: { Ref: 'Order' }, PathPart: '{orderid}', RestApiId: { Ref: 'Api' } },
    },
    Model: {
      Type: 'AWS::ApiGateway::Model',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ContentType: 'application/json',
        Schema: {
          $schema: 'http://json-schema.org/draft-04/schema#',
          type: 'object',
          properties: { city: { type: 'string', pattern: '^[A-Z]' }, count: { type: 'integer', minimum: 0 } },
          required: ['city'],
          additionalProperties: false,
        },
      },
    },
    Validator: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestBody: true, ValidateRequestParameters: true },
    },
    PostOrder: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: 'Order' },
        HttpMethod: 'POST',
        AuthorizationType: 'NONE',
        RequestValidatorId: { Ref: 'Validator' },
        RequestModels: { 'application/json': { Ref: 'Model' } },
        Integration: {
          Type: 'AWS',
          IntegrationHttpMethod: 'POST',
          Uri: uri([':states:action/StartExecution']),
          Credentials: { 'Fn::GetAtt': ['Role', 'Arn'] },
          PassthroughBehavior: 'NEVER',
          RequestParameters: { 'integration.request.header.X-Stage': 'context.stage' },
          RequestTemplates: {
            'application/json': {
              'Fn::Sub': `{"stateMachineArn": "\${Machine}", "input": "$util.escapeJavaScript($input.body).replaceAll("\\\\'", "'")"}`,
            },
          },
          IntegrationResponses: [
            {
              StatusCode: '202',
              SelectionPattern: '2\\d{2}',
              ResponseParameters: cors,
              ResponseTemplates: { 'application/json': '{"arn": $input.json(\'$.executionArn\')}' },
            },
            {
              StatusCode: '400',
              SelectionPattern: '400',
              ResponseParameters: { ...cors, 'method.response.header.Content-Type': "'application/problem+json'" },
              ResponseTemplates: {
                'application/json':
                  "#set($type = '')#set($type = $input.path('$.__type'))" +
                  "#if($type.contains('ExecutionAlreadyExists'))#set($context.responseOverride.status = 409)" +
                  "#set($context.responseOverride.header.Location = '/there')#end" +
                  '{"type": "$type"}',
              },
            },
            { StatusCode: '503', ResponseParameters: cors },
          ],
        },
        MethodResponses: ['202', '400', '503'].map((StatusCode) => ({ StatusCode, ResponseParameters: declared })),
      },
    },
    GetOrder: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: 'OneOrder' },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        RequestParameters: { 'method.request.path.orderid': true, 'method.request.querystring.v': true },
        RequestValidatorId: { Ref: 'Validator' },
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: uri([':lambda:path/2015-03-31/functions/', { 'Fn::GetAtt': ['Function', 'Arn'] }, '/invocations']),
        },
      },
    },
    Preflight: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: 'Order' },
        HttpMethod: 'OPTIONS',
        AuthorizationType: 'NONE',
        ApiKeyRequired: false,
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
          IntegrationResponses: [{ StatusCode: '204', ResponseParameters: cors }],
        },
        MethodResponses: [{ StatusCode: '204', ResponseParameters: declared }],
      },
    },
    BadBody: gatewayResponse('BAD_REQUEST_BODY', {
      StatusCode: '422',
      ResponseTemplates: {
        'application/json': '{"why": "$context.error.validationErrorString", "what": $context.error.messageString}',
      },
    }),
    TooLarge: gatewayResponse('REQUEST_TOO_LARGE', { StatusCode: '499' }),
    Default4: gatewayResponse('DEFAULT_4XX', {}),
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', DeploymentId: { Ref: 'Deployment' } },
    },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
  },
} satisfies StackTemplate;

/** What the references of the template stand for. */
export function resolve({ logicalId, attribute }: TemplateReference): string {
  const known: Readonly<Record<string, string>> = {
    'AWS::Partition': 'aws',
    'AWS::Region': 'eu-central-1',
    Api: 'api1',
    Machine: 'arn:machine',
    'Role.Arn': 'arn:role',
    'Function.Arn': 'arn:function',
  };
  const value = known[attribute === undefined ? logicalId : `${logicalId}.${attribute}`];
  if (value === undefined) throw new Error(`${logicalId} is not deployed`);
  return value;
}

/** The API of the template. */
export const api = readApi(template, resolve);
