import { readFileSync } from 'node:fs';
import { problem, problemMediaType } from '@coffee/api';
import type { IntegrationResponse, MethodResponse } from 'aws-cdk-lib/aws-apigateway';
import { AwsIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { headersOf, problemHeaders, unavailable } from './gateway-responses.ts';

/** A direct call of Step Functions, and the answers that the method declares for it. */
export interface ExecutionIntegration {
  readonly integration: AwsIntegration;
  readonly methodResponses: MethodResponse[];
}

interface Answer {
  readonly statusCode: string;
  /** A regular expression on the status that Step Functions answered. The answer without one is for all others. */
  readonly selectionPattern?: string;
  readonly template: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that the template sets. */
  readonly overridden?: readonly string[];
}

const success = (statusCode: string, template: string, ...overridden: string[]): Answer => {
  return { statusCode, selectionPattern: '2\\d{2}', template, headers: headersOf('application/json'), overridden };
};

const refusal = (template: string, ...overridden: string[]): Answer => {
  return { statusCode: '400', selectionPattern: '400', template, headers: headersOf(problemMediaType), overridden };
};

/** The answers that are the same for every call. */
const failures: readonly Answer[] = [
  {
    statusCode: '429',
    selectionPattern: '429',
    template: JSON.stringify(problem('Throttled')),
    headers: problemHeaders('Throttled'),
  },
  {
    statusCode: '502',
    template: JSON.stringify(unavailable(502, 'Step Functions did not answer')),
    headers: problemHeaders('Unavailable'),
  },
];

/** `POST /order`: StartExecution, with the body as the input and the order id as the name. */
export function startExecution(role: Role, stateMachineArn: string): ExecutionIntegration {
  return integrate(role, 'StartExecution', readTemplate('start-execution.request', { stateMachineArn }), [
    success('202', readTemplate('start-execution.accepted'), 'Location'),
    refusal(readTemplate('start-execution.refused'), 'Location', 'Retry-After'),
  ]);
}

/** `GET /order/{orderid}`: DescribeExecution. `executionArn` is the ARN of an execution without `:` and its name. */
export function describeExecution(role: Role, executionArn: string): ExecutionIntegration {
  return integrate(role, 'DescribeExecution', readTemplate('describe-execution.request', { executionArn }), [
    success('200', readTemplate('describe-execution.found')),
    refusal(readTemplate('describe-execution.refused'), 'Retry-After'),
  ]);
}

function integrate(role: Role, action: string, request: string, outcomes: readonly Answer[]): ExecutionIntegration {
  const integrationResponses: IntegrationResponse[] = [];
  const methodResponses: MethodResponse[] = [];
  for (const { statusCode, selectionPattern, template, headers, overridden = [] } of [...outcomes, ...failures]) {
    const parameter = (name: string) => `method.response.header.${name}`;
    integrationResponses.push({
      statusCode,
      ...(selectionPattern === undefined ? {} : { selectionPattern }),
      responseParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [parameter(name), value])),
      responseTemplates: { 'application/json': template },
    });
    const names = [...Object.keys(headers), ...overridden];
    methodResponses.push({
      statusCode,
      responseParameters: Object.fromEntries(names.map((name) => [parameter(name), true])),
    });
  }
  const options = {
    credentialsRole: role,
    passthroughBehavior: PassthroughBehavior.NEVER,
    requestTemplates: { 'application/json': request },
    integrationResponses,
  };
  return {
    integration: new AwsIntegration({ service: 'states', action, integrationHttpMethod: 'POST', options }),
    methodResponses,
  };
}

/** A mapping template with its places, written `@name@`, filled in. @throws Error for a place without a value. */
function readTemplate(name: string, values: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(new URL(`templates/${name}.vtl`, import.meta.url), 'utf8');
  return text.replace(/@(\w+)@/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`${name}.vtl needs a value for @${place}@`);
    return value;
  });
}
