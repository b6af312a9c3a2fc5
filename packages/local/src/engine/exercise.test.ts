import { orderWorkflow } from '@coffee/workflow';
import { expect, it, onTestFinished } from 'vitest';
import { startLocal } from '../start-local.ts';
import { orderOf } from '../test-support/order-of.ts';

it.each([
  ['memory', {}],
  ['a file', { data: ':memory:' }],
])(
  'runs a state that publishes to a topic after task_put_object, and puts the message in the mailbox in %s',
  async (_, options) => {
    const { task_put_object, task_notify } = orderWorkflow.States;
    const tell = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: { TopicArn: 'arn:aws:sns:us-east-1:000000000000:coffee', 'Message.$': '$' },
      ResultPath: null,
      Next: 'task_notify',
    };
    const States = {
      ...orderWorkflow.States,
      task_put_object: { ...task_put_object, Next: 'SNS Publish' },
      task_notify,
    };
    const workflow = { ...orderWorkflow, States: { ...States, 'SNS Publish': tell } };
    const system = await startLocal({ workflow, ...options });
    onTestFinished(() => system.close());
    const { orderid } = (await (
      await fetch(`${system.url}/prod/order`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ order: orderOf('a0', 'v0') }),
      })
    ).json()) as { readonly orderid: string };
    const mails = async () => (await (await fetch(`${system.url}/mailbox`)).json()) as { readonly mails: object[] };
    await expect.poll(async () => (await mails()).mails).toHaveLength(2);
    const attributes = { accountid: 'a0', vendorid: 'v0', eventtype: ['new_order'] };
    expect((await mails()).mails).toMatchObject([
      { id: orderid },
      {
        id: `${orderid}.SNS Publish`,
        subject: 'AWS Notification Message',
        text: expect.stringContaining(orderid),
        attributes,
      },
    ]);
    const shown = (await (await fetch(`${system.url}/workflow`)).json()) as { readonly States: object };
    expect(Object.keys(shown.States)).toContain('SNS Publish');
  },
);
