import { readFile } from 'node:fs/promises';
import aslValidator from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { orderWorkflow, taskNames } from './index.ts';

const text = await readFile(new URL('order-workflow.asl.json', import.meta.url), 'utf8');
const placeholders = ['PutItem', 'PutObject', 'Notify'].map((name) => `$\{${name}FunctionArn}`);

/** The definition as deployed. */
const deployed = () =>
  JSON.parse(text.replace(/\$\{(\w+)\}/g, 'arn:aws:lambda:ap-southeast-2:123456789012:function:$1'));

const validate = (definition: unknown) => aslValidator(definition, { checkArn: true, checkPaths: true });

const transient = [
  'Unavailable',
  'States.Timeout',
  'Lambda.Unknown',
  'Sandbox.Timedout', // Lambda's name for a function that timed out
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
];

/** After a timeout the message may still be on its way: the lease of the notification log tells. */
const timeouts = ['Sandbox.Timedout', 'States.Timeout'];

const rejections = { task_put_item: ['OrderRejected'], task_put_object: [], task_notify: [] };

describe('the order workflow', () => {
  it('is valid Amazon States Language once the ARNs are in', () => {
    const { isValid, errorsText } = validate(deployed());
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
  });

  it.each([
    ['a resource that is not an ARN', () => JSON.parse(text.replace(/\$\{(\w+)\}/g, '$1'))],
    ['a missing state', () => ({ ...deployed(), StartAt: 'task_put' })],
  ])('is checked by a validator that refuses %s', (_, definition) => {
    expect(validate(definition()).isValid).toBe(false);
  });

  it('is exported as in the file', () => {
    expect(orderWorkflow).toEqual(JSON.parse(text));
  });

  it("has the seed's states, the tasks in the order of their names", () => {
    const { States, StartAt } = orderWorkflow;
    expect(Object.keys(States)).toEqual([...taskNames, 'Job Succeeded', 'Job Failed']);
    const tasks = Object.entries(States).filter(([, state]) => state.Type === 'Task');
    expect(tasks.map(([name]) => name)).toEqual([...taskNames]);
    expect([StartAt, ...taskNames.map((name) => States[name].Next)]).toEqual([...taskNames, 'Job Succeeded']);
    expect(States['Job Succeeded']).toEqual({ Type: 'Succeed' });
  });

  it('has one placeholder per function, and no other', () => {
    expect(text.match(/\$\{[^}]*\}/g)).toEqual(placeholders);
    expect(taskNames.map((name) => orderWorkflow.States[name].Resource)).toEqual(placeholders);
  });

  it('uses JSONPath only', () => {
    expect(text).not.toMatch(/"QueryLanguage"|"Arguments"|"Output"|"Assign"|\{%/);
  });

  it('takes the order id and the acceptance time from the execution, so that a retry is the same order', () => {
    expect(orderWorkflow.States.task_put_item.Parameters).toEqual({
      'orderid.$': '$$.Execution.Name',
      'acceptedAt.$': '$$.Execution.StartTime',
      'input.$': '$',
    });
  });

  it('hands the placed order on from task to task', () => {
    const { task_put_item, task_put_object, task_notify } = orderWorkflow.States;
    expect(task_put_item).not.toHaveProperty('ResultPath');
    for (const task of [task_put_object, task_notify]) {
      expect(task.ResultPath).toBeNull();
      expect(task).not.toHaveProperty('Parameters');
    }
  });

  it.each(taskNames)('%s has a timeout and retries what is transient, with backoff and full jitter', (name) => {
    const { TimeoutSeconds, Retry } = orderWorkflow.States[name];
    expect(TimeoutSeconds).toBe(name === 'task_notify' ? 30 : 20);
    const names = transient.filter((error) => name !== 'task_notify' || !timeouts.includes(error));
    expect(Retry[0]).toEqual({
      ErrorEquals: expect.toSatisfy((errors: string[]) => [...errors].sort().join() === [...names].sort().join()),
      IntervalSeconds: 1,
      BackoffRate: 2,
      MaxDelaySeconds: 60,
      MaxAttempts: 10,
      JitterStrategy: 'FULL',
    });
    expect(Retry).toHaveLength(name === 'task_notify' ? 2 : 1);
  });

  it('looks again each minute while a message is being sent, longer than the longest lease: 20 minutes by SMTP', () => {
    const retry = orderWorkflow.States.task_notify.Retry[1];
    expect(retry?.ErrorEquals).toEqual(['NotificationInProgress', ...timeouts]);
    expect(retry).toMatchObject({ IntervalSeconds: 60, BackoffRate: 1, JitterStrategy: 'NONE' });
    expect((retry?.MaxAttempts ?? 0) * 60).toBeGreaterThanOrEqual(1.5 * 20 * 60);
  });

  it('ends only a refused order in Job Failed, with the reason as its cause', () => {
    for (const name of taskNames) {
      const state = orderWorkflow.States[name];
      const caught = 'Catch' in state ? state.Catch : [];
      expect(caught).toEqual(rejections[name].map((error) => ({ ErrorEquals: [error], Next: 'Job Failed' })));
    }
    expect(orderWorkflow.States['Job Failed']).toEqual({ Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' });
  });
});
