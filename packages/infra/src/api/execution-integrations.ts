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

/** `POST /order`: StartExecution, with the body in the input and the order id as the name. */
export function startExecution(role: Role, stateMachineArn: string): ExecutionIntegration {
  return integrate(role, 'StartExecution', '202', readTemplates('start-execution', { stateMachineArn }));
}

/** `GET /order/{orderid}`: DescribeExecution. `executionArn` is the ARN of an execution without `:` and its name. */
export function describeExecution(role: Role, executionArn: string): ExecutionIntegration {
  return integrate(role, 'DescribeExecution', '200', readTemplates('describe-execution', { executionArn }));
}

interface Answer extends Pick<IntegrationResponse, 'statusCode' | 'selectionPattern'> {
  readonly template: string;
  readonly headers: Readonly<Record<string, string>>;
}

function integrate(role: Role, action: string, statusCode: string, templates: Templates): ExecutionIntegration {
  const { request, success, refusal } = templates;
  // The pattern is a regular expression on the status of Step Functions. The answer without one is for all others.
  const answers: readonly Answer[] = [
    { statusCode, selectionPattern: '2\\d{2}', template: success, headers: headersOf('application/json') },
    { statusCode: '400', selectionPattern: '400', template: refusal, headers: headersOf(problemMediaType) },
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
  const parameter = (name: string) => `method.response.header.${name}`;
  const options = {
    credentialsRole: role,
    passthroughBehavior: PassthroughBehavior.NEVER,
    requestTemplates: { 'application/json': request },
    integrationResponses: answers.map(({ template, headers, ...selection }) => ({
      ...selection,
      responseParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [parameter(name), value])),
      responseTemplates: { 'application/json': template },
    })),
  };
  return {
    integration: new AwsIntegration({ service: 'states', action, integrationHttpMethod: 'POST', options }),
    methodResponses: answers.map(({ statusCode, template, headers }) => {
      const overridden = [...template.matchAll(/responseOverride\.header\.([\w-]+)/g)].map(([, name = '']) => name);
      const names = [...Object.keys(headers), ...overridden];
      return { statusCode, responseParameters: Object.fromEntries(names.map((name) => [parameter(name), true])) };
    }),
  };
}

type Templates = Readonly<Record<'request' | 'success' | 'refusal', string>>;

/** The problems that a template can answer, each in the place that has its code as its name. */
const problems = [
  problem('ExecutionAlreadyExists', `execution \${orderid} has ended or was started with another body`),
  problem('PayloadTooLarge'),
  problem('IdempotencyKeyRejected'),
  problem('MalformedJson'),
  problem('Throttled'),
  problem('ExecutionNotFound'),
  problem('InternalError', 'this is a defect of the deployment; the log of the API has the details'),
].map(
  (body) => [body.code, `#set($context.responseOverride.status = ${body.status})\n${JSON.stringify(body)}`] as const,
);

/** The templates of a call, with their places, written `@name@`, filled in. @throws Error for a place without a value. */
function readTemplates(name: string, arns: Readonly<Record<string, string>>): Templates {
  const values: Readonly<Record<string, string>> = { ...Object.fromEntries(problems), ...arns };
  const text = readFileSync(new URL(`templates/${name}.vtl`, import.meta.url), 'utf8');
  const filled = text.replace(/@(\w+)@/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`${name}.vtl needs a value for @${place}@`);
    return value;
  });
  const [, request = '', success = '', refusal = ''] = filled.split(/^## (?:request|success|refusal)\n/m);
  return { request, success, refusal };
}
