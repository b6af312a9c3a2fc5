import { readFileSync } from 'node:fs';
import type { Problem } from '@coffee/api';
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

/** Whether the API knows who is calling, from an authorizer in front of it. */
export type Callers = 'anyone' | 'known';

/** How an execution is started: an open API says `anyone`, one with an authorizer whom it names, as it has escaped it. */
const places: Readonly<Record<Callers, Readonly<Record<string, string>>>> = {
  anyone: { orTooLong: '', longest: '261900', readCaller: '', prefix: '', caller: '{\\"kind\\": \\"anyone\\"}' },
  known: {
    orTooLong: ' || $orderid.length() > 60',
    longest: '261800',
    readCaller: `#set($caller = $util.escapeJavaScript($context.authorizer.caller).replaceAll("\\\\'", "'"))\n`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the template.
    prefix: '${context.authorizer.principalId}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the template.
    caller: '${caller}',
    IdempotencyKeyRejected: answerOf(
      problem('IdempotencyKeyRejected', 'Idempotency-Key must be 1 to 60 of the characters A-Z a-z 0-9 _ -'),
    ),
  },
};

/** `POST /order`: StartExecution, with the body in the input and the order id as the name. */
export function startExecution(role: Role, stateMachineArn: string, callers: Callers): ExecutionIntegration {
  const {
    request = '',
    success = '',
    refusal = '',
  } = readTemplates('start-execution', {
    stateMachineArn,
    ...places[callers],
  });
  return integrate(role, 'StartExecution', '202', { request, success, refusal });
}

/** `GET /order/{orderid}`: DescribeExecution. `executionArn` is the ARN of an execution without `:` and its name. */
export function describeExecution(role: Role, executionArn: string, callers: Callers): ExecutionIntegration {
  const parts = readTemplates('describe-execution', { executionArn });
  const { request = '', success: state = '', sent = '', order = '', guard = '', refusal = '' } = parts;
  const success = callers === 'known' ? `${sent}${guard}${state}${order}#end\n` : `${state}${sent}${order}`;
  return integrate(role, 'DescribeExecution', '200', { request, success, refusal });
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
].map((body) => [body.code, answerOf(body)] as const);

function answerOf(body: Problem): string {
  return `#set($context.responseOverride.status = ${body.status})\n${JSON.stringify(body)}`;
}

/** The parts of a call's templates by their names, with their places, written `@name@`, filled in. @throws Error for a place without a value. */
function readTemplates(name: string, given: Readonly<Record<string, string>>): Partial<Record<string, string>> {
  const values: Readonly<Record<string, string>> = { ...Object.fromEntries(problems), ...given };
  const text = readFileSync(new URL(`templates/${name}.vtl`, import.meta.url), 'utf8');
  const filled = text.replace(/@(\w+)@/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`${name}.vtl needs a value for @${place}@`);
    return value;
  });
  const parts = filled.split(/^## (request|success|sent|order|guard|refusal)\n/m);
  return Object.fromEntries(parts.flatMap((part, index) => (index % 2 === 1 ? [[part, parts[index + 1] ?? '']] : [])));
}
