/** The REST API of the stack, as its CloudFormation template describes it. */
export interface GatewayApi {
  readonly id: string;
  readonly stage: string;
  /** Plain paths before those with a parameter. */
  readonly routes: readonly Route[];
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
}

/** What is done with the requests of one method of one path, like `GET /order/{orderid}`. */
export interface Route {
  readonly resourceId: string;
  readonly path: string;
  readonly httpMethod: string;
  /** What a body of the content type `application/json` must match: JSON Schema draft 4. */
  readonly model?: unknown;
  readonly integration: ExecutionIntegration | LambdaProxyIntegration | MockIntegration;
}

/** A call of a Step Functions action, its body made by a template. */
export interface ExecutionIntegration {
  readonly type: 'AWS';
  readonly action: string;
  readonly region: string;
  readonly requestTemplate: string;
  readonly responses: readonly IntegrationResponse[];
}

/** A Lambda function that gets the whole request. */
interface LambdaProxyIntegration {
  readonly type: 'AWS_PROXY';
  readonly functionArn: string;
}

/** Always the same answer: that to a preflight. */
interface MockIntegration {
  readonly type: 'MOCK';
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer for the statuses of Step Functions that the pattern matches; without a pattern, for all others. */
export interface IntegrationResponse {
  readonly statusCode: number;
  readonly selectionPattern?: RegExp;
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string;
}

/** How an error of the gateway itself is answered. */
export interface GatewayResponse {
  readonly statusCode?: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, with variables of `$context.error`. */
  readonly template: string;
}
