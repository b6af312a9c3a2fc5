import type { IntegrationResponse, MethodResponse } from 'aws-cdk-lib/aws-apigateway';
import { AwsIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { commonHeaders, problemMediaType, problemTemplate } from './problem-json.ts';
import { readTemplate } from './read-template.ts';

/** A direct call of Step Functions, and the answers that the method declares for it. */
export interface ExecutionIntegration {
  readonly integration: AwsIntegration;
  readonly methodResponses: MethodResponse[];
}

interface Answer {
  readonly statusCode: string;
  /** A regular expression on the status that Step Functions answered; the answer without one takes what is left. */
  readonly selectionPattern?: string;
  readonly mediaType: string;
  readonly template: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that only the template sets. */
  readonly overridden?: readonly string[];
}

const retryAfter = { 'Retry-After': "'1'" };

/** Whatever is neither success nor refusal: the service failed, and trying again helps. */
const unavailable: Answer = {
  statusCode: '502',
  mediaType: problemMediaType,
  headers: retryAfter,
  template: problemTemplate(
    502,
    'Bad Gateway',
    'Unavailable',
    'Step Functions did not answer; the same request can be sent again, with the same Idempotency-Key',
  ),
};

const throttled: Answer = {
  statusCode: '429',
  selectionPattern: '429',
  mediaType: problemMediaType,
  headers: retryAfter,
  template: problemTemplate(
    429,
    'Too Many Requests',
    'Throttled',
    'too many requests at once; the same request can be sent again, with the same Idempotency-Key',
  ),
};

/** `POST /order`: StartExecution, the body as the input and the order id as the name. */
export function startExecution(role: Role, stateMachineArn: string): ExecutionIntegration {
  return integrate(role, 'StartExecution', readTemplate('start-execution.request', { stateMachineArn }), [
    {
      statusCode: '202',
      selectionPattern: '2\\d{2}',
      mediaType: 'application/json',
      template: readTemplate('start-execution.accepted'),
      overridden: ['Location'],
    },
    {
      statusCode: '400',
      selectionPattern: '400',
      mediaType: problemMediaType,
      template: readTemplate('start-execution.refused'),
      overridden: ['Location', 'Retry-After'],
    },
    throttled,
    unavailable,
  ]);
}

/** `GET /order/{orderid}`: DescribeExecution. `executionArn` is the ARN of an execution without `:` and its name. */
export function describeExecution(role: Role, executionArn: string): ExecutionIntegration {
  return integrate(role, 'DescribeExecution', readTemplate('describe-execution.request', { executionArn }), [
    {
      statusCode: '200',
      selectionPattern: '2\\d{2}',
      mediaType: 'application/json',
      template: readTemplate('describe-execution.found'),
    },
    {
      statusCode: '400',
      selectionPattern: '400',
      mediaType: problemMediaType,
      template: readTemplate('describe-execution.refused'),
      overridden: ['Retry-After'],
    },
    throttled,
    unavailable,
  ]);
}

function integrate(role: Role, action: string, request: string, answers: readonly Answer[]): ExecutionIntegration {
  const named = (headers: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]));
  const headersOf = ({ mediaType, headers }: Answer) => ({
    ...commonHeaders,
    ...headers,
    'Content-Type': `'${mediaType}'`,
  });
  return {
    integration: new AwsIntegration({
      service: 'states',
      action,
      integrationHttpMethod: 'POST',
      options: {
        credentialsRole: role,
        passthroughBehavior: PassthroughBehavior.NEVER,
        requestTemplates: { 'application/json': request },
        integrationResponses: answers.map(
          (answer): IntegrationResponse => ({
            statusCode: answer.statusCode,
            ...(answer.selectionPattern === undefined ? {} : { selectionPattern: answer.selectionPattern }),
            responseParameters: named(headersOf(answer)),
            responseTemplates: { 'application/json': answer.template },
          }),
        ),
      },
    }),
    methodResponses: answers.map((answer) => ({
      statusCode: answer.statusCode,
      responseParameters: Object.fromEntries(
        [...Object.keys(headersOf(answer)), ...(answer.overridden ?? [])].map((name) => [
          `method.response.header.${name}`,
          true,
        ]),
      ),
    })),
  };
}
