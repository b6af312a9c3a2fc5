/** A REST API as its CloudFormation template describes it. */
export interface GatewayApi {
  readonly id: string;
  readonly resources: readonly ApiResource[];
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
  /** The stages by name, each with its variables. */
  readonly stages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A path of the API, like `/order/{orderid}`, and its methods by HTTP method or `ANY`. */
export interface ApiResource {
  readonly id: string;
  readonly path: string;
  readonly methods: Readonly<Record<string, ApiMethod>>;
}

/** What API Gateway does with a request of one method. */
export interface ApiMethod {
  /** Required parameters by place, like `method.request.path.orderid`; only checked when the validator says so. */
  readonly requiredParameters: readonly string[];
  /** Models by content type or `$default`: JSON Schema draft 4. */
  readonly models: Readonly<Record<string, unknown>>;
  readonly validateBody: boolean;
  readonly validateParameters: boolean;
  readonly integration: Integration;
}

/** What stands behind a method. */
export type Integration = ServiceIntegration | LambdaProxyIntegration | MockIntegration;

/** A call of a Step Functions action, its body made by a template. */
interface ServiceIntegration extends MappedIntegration {
  readonly type: 'AWS';
  readonly service: 'states';
  readonly action: string;
  readonly region: string;
  /** Headers of the call by name, each with its mapping expression. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
}

/** A Lambda function that gets the whole request. */
interface LambdaProxyIntegration {
  readonly type: 'AWS_PROXY';
  readonly functionArn: string;
  readonly timeoutMilliseconds: number;
}

/** No back end: the request template says the status. */
interface MockIntegration extends MappedIntegration {
  readonly type: 'MOCK';
}

/** What integrations with mapping templates have in common. */
export interface MappedIntegration {
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly responses: readonly IntegrationResponse[];
}

/** The answer for the statuses of the back end that the pattern matches; without one, for those that are left. */
export interface IntegrationResponse {
  readonly statusCode: number;
  readonly selectionPattern?: string;
  /** Headers by name, each with its mapping expression. */
  readonly headers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

/** How an error of the gateway itself is answered. */
export interface GatewayResponse {
  readonly statusCode?: number;
  /** Headers by name, each with its mapping expression. */
  readonly headers: Readonly<Record<string, string>>;
  /** Templates by content type, with `$context` and `$stageVariables` only. */
  readonly templates: Readonly<Record<string, string>>;
}
