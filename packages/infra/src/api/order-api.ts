import type { Menu } from '@coffee/domain';
import { orderJsonSchema } from '@coffee/domain';
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  CfnModel,
  Cors,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  Model,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Functions } from '../functions.ts';
import { acknowledge } from '../nag.ts';
import type { OrderWorkflow } from '../order-workflow.ts';
import type { Issuer } from '../stage.ts';
import { describeExecution, startExecution } from './execution-integrations.ts';
import { addGatewayResponses } from './gateway-responses.ts';

/** What the API is made of. */
export interface OrderApiProps {
  readonly functions: Functions;
  readonly workflow: OrderWorkflow;
  readonly menu: Menu;
  /** The IP ranges that may call it, where it is not open to everyone. */
  readonly allow?: readonly string[];
  readonly open: boolean;
  /** Whose tokens callers need, where it is open to those who have one. */
  readonly issuer?: Issuer;
  readonly disposable: boolean;
}

const openReason = "the seed's clients send no credentials; whoever deploys decides who may call";

/** The REST API under the seed's stage `prod`: two direct Step Functions integrations and two Lambda proxies. */
export class OrderApi extends Construct {
  readonly restApi: RestApi;

  constructor(
    scope: Construct,
    id: string,
    { functions, workflow, menu, allow = [], open, issuer, disposable }: OrderApiProps,
  ) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const authorizer = this.#authorizer(functions);
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: Stack.of(this).stackName,
      description: 'Coffee orders',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: true,
      ...(open || issuer !== undefined ? {} : { policy: onlyFrom(allow) }),
      ...(authorizer && { defaultMethodOptions: { authorizer } }),
      defaultCorsPreflightOptions: {
        allowOrigins: Cors.ALL_ORIGINS,
        allowMethods: ['GET', 'POST', 'OPTIONS'],
        allowHeaders: ['Content-Type', 'Idempotency-Key', ...(authorizer ? ['Authorization'] : [])],
        maxAge: Duration.minutes(10),
      },
      deployOptions: {
        stageName: 'prod',
        tracingEnabled: true,
        metricsEnabled: false, // metrics by method cost money; those of the whole API are free
        // API Gateway makes the group of this log by itself, and no one deletes it.
        loggingLevel: disposable ? MethodLoggingLevel.OFF : MethodLoggingLevel.ERROR,
        dataTraceEnabled: false, // it would log customers' orders
        throttlingRateLimit: 100,
        throttlingBurstLimit: 200,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: AccessLogFormat.custom(
          JSON.stringify({
            // Each byte is logged three times an order. The log itself knows the time.
            id: '$context.extendedRequestId',
            ip: '$context.identity.sourceIp',
            method: '$context.httpMethod',
            path: '$context.resourcePath',
            status: '$context.status',
            ms: '$context.responseLatency',
            behind: '$context.integration.status',
            error: '$context.error.responseType',
          }),
        ),
      },
    });
    this.restApi.node.tryRemoveChild('Endpoint'); // the stack has its own output, without a trailing slash
    addGatewayResponses(this.restApi, authorizer !== undefined);
    acknowledge(this.restApi, {
      APIG3: 'throttling limits strangers, and --context allow keeps them out; a web ACL answers a known threat',
      ...(authorizer
        ? { COG4: 'the authorizer takes the tokens of any issuer, Cognito included' }
        : { APIG4: openReason, COG4: openReason }),
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'the role that API Gateway logs with in this account; AWS maintains its policy',
    });
    if (disposable) acknowledge(this.restApi, { APIG6: 'the log of a disposable stage would stay behind' });
    this.#addRoutes(functions, workflow, menu);
  }

  /** The base URL without a trailing slash, like the seed's `…/prod`. */
  get url(): string {
    const { restApiId, deploymentStage } = this.restApi;
    const { region, urlSuffix } = Stack.of(this);
    return `https://${restApiId}.execute-api.${region}.${urlSuffix}/${deploymentStage.stageName}`;
  }

  /** Asks the function for each token, once in five minutes; without `Bearer` and a token it is not asked. */
  #authorizer({ authorize }: Functions): TokenAuthorizer | undefined {
    if (authorize === undefined) return undefined;
    return new TokenAuthorizer(this, 'Authorizer', {
      handler: authorize,
      validationRegex: '^[Bb][Ee][Aa][Rr][Ee][Rr] +[-0-9A-Za-z._~+/]+=*$',
      resultsCacheTtl: Duration.minutes(5),
    });
  }

  #addRoutes(functions: Functions, { stateMachine }: OrderWorkflow, menu: Menu): void {
    const executionArn = Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: stateMachine.stateMachineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const role = new Role(this, 'ExecutionsRole', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachine.stateMachineArn] }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [`${executionArn}:*`] }));
    const machine = Stack.of(this).getLogicalId(stateMachine.node.defaultChild as CfnStateMachine);
    const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machine}.Name>:*`;
    acknowledge(role, { [`IAM5[Resource::${executions}]`]: 'each order is an execution of its own' });
    const schema = orderRequestSchema(menu);
    const model = new CfnModel(this, 'OrderRequest', {
      restApiId: this.restApi.restApiId,
      contentType: 'application/json',
      schema,
    });
    // A deployment is a snapshot, but CDK leaves an L1 model out of the hash that makes a new one.
    this.restApi.latestDeployment?.addToLogicalId({ orderRequest: schema });
    const requestValidator = this.restApi.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });

    const callers = functions.authorize === undefined ? 'anyone' : 'known';
    const order = this.restApi.root.addResource('order');
    const start = startExecution(role, stateMachine.stateMachineArn, callers);
    order.addMethod('POST', start.integration, {
      operationName: 'PlaceOrder',
      requestModels: { 'application/json': Model.fromModelName(this, 'OrderRequestModel', model.ref) },
      requestValidator,
      methodResponses: start.methodResponses,
    });
    const query = { allowTestInvoke: false };
    order.addMethod('GET', new LambdaIntegration(functions.getItem, query), { operationName: 'FindOrder' });
    const describe = describeExecution(role, executionArn, callers);
    order.addResource('{orderid}').addMethod('GET', describe.integration, {
      operationName: 'DescribeOrder',
      requestParameters: { 'method.request.path.orderid': true },
      methodResponses: describe.methodResponses,
    });
    this.restApi.root
      .addResource('invoice')
      .addMethod('GET', new LambdaIntegration(functions.getObject, query), { operationName: 'LinkInvoice' });
  }
}

/**
 * The body of `POST /order` as an API Gateway model (JSON Schema draft 4): exactly `{ "order": … }`.
 *
 * It accepts whatever the domain accepts. Whether API Gateway counts an emoji as one character or two is not documented,
 * so the length of `city` is left to `task_put_item`, with a bound that either way of counting keeps.
 */
function orderRequestSchema(menu: Menu): Record<string, unknown> {
  const { $schema, ...order } = orderJsonSchema({ menu, target: 'draft-4' });
  const properties = order.properties as Record<string, unknown>;
  const { pattern } = properties.city as { pattern: string };
  const city = { type: 'string', maxLength: 200, pattern: pattern.replace('{0,98}', '*') };
  return {
    $schema,
    title: 'OrderRequest',
    type: 'object',
    properties: { order: { ...order, properties: { ...properties, city } } },
    required: ['order'],
    additionalProperties: false,
  };
}

function onlyFrom(ranges: readonly string[]): PolicyDocument {
  const call = { Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  return PolicyDocument.fromJson({
    Statement: [
      { Effect: 'Allow', ...call },
      { Effect: 'Deny', ...call, Condition: { NotIpAddress: { 'aws:SourceIp': ranges } } },
    ],
  });
}
