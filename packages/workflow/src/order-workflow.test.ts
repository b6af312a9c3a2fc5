import aslValidator from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { orderWorkflow, taskNames } from './index.ts';

const transient = [
  'Unavailable',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
];

describe('the order workflow', () => {
  it('is valid Amazon States Language once the ARNs are in', () => {
    const text = JSON.stringify(orderWorkflow).replace(
      /\$\{(\w+)\}/g,
      'arn:aws:lambda:ap-southeast-2:123456789012:function:$1',
    );
    const { isValid, errorsText } = aslValidator(JSON.parse(text), { checkArn: true, checkPaths: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
  });

  it("has the seed's states and one placeholder a function", () => {
    expect(Object.keys(orderWorkflow.States)).toEqual([...taskNames, 'Job Succeeded', 'Job Failed']);
    expect(JSON.stringify(orderWorkflow).match(/\$\{\w+\}/g)).toEqual([
      '${PutItemFunctionArn}',
      '${PutObjectFunctionArn}',
      '${NotifyFunctionArn}',
    ]);
  });

  it('takes the order id and the acceptance time from the execution, so that a retry is the same order', () => {
    expect(orderWorkflow.States.task_put_item.Parameters).toEqual({
      'orderid.$': '$$.Execution.Name',
      'acceptedAt.$': '$$.Execution.StartTime',
      'order.$': '$.order',
    });
  });

  it.each(taskNames)('%s has a timeout and retries what is transient, with backoff and full jitter', (name) => {
    const { TimeoutSeconds, Retry, ...state } = orderWorkflow.States[name];
    expect(TimeoutSeconds).toBeGreaterThanOrEqual(1);
    expect(Retry).toHaveLength(1);
    expect(Retry[0]?.ErrorEquals).toEqual(expect.arrayContaining(transient));
    expect(Retry[0]).toMatchObject({ JitterStrategy: 'FULL', BackoffRate: 2 });
    expect('Catch' in state).toBe(name === 'task_put_item');
  });

  it('ends a refused order in Job Failed with the reason as its cause', () => {
    expect(orderWorkflow.States.task_put_item.Catch).toEqual([{ ErrorEquals: ['OrderRejected'], Next: 'Job Failed' }]);
    expect(orderWorkflow.States['Job Failed']).toEqual({ Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' });
  });
});
