import type { Context } from 'aws-lambda';

/** The context of an invocation, as Lambda gives it. */
export const lambdaContext: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'coffee-put-item',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:coffee-put-item',
  memoryLimitInMB: '512',
  awsRequestId: '5f3b2c1a-0000-4000-8000-000000000000',
  logGroupName: '/aws/lambda/coffee-put-item',
  logStreamName: '2026/11/24/[$LATEST]0',
  getRemainingTimeInMillis: () => 1_000,
  done() {},
  fail() {},
  succeed() {},
};
