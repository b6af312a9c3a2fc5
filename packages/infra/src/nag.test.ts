import type { Role } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { synthesizeStage } from './synthesize-stage.ts';

describe('cdk-nag (AwsSolutions)', () => {
  it.each([[{}], [{ stage: 'try', disposable: 'true', email: 'coffee@example.com', allow: '10.0.0.0/8' }]])(
    'has nothing against a stage with %j',
    (values) => {
      expect(synthesizeStage(values).nag).toMatchObject({ conclusion: 'success', violations: [] });
    },
  );

  it('was asked: each acknowledged rule would be a finding, and no other', () => {
    const rules = synthesizeStage().nag.suppressedViolations.map(({ ruleName }) => ruleName.replace(/\[.*/, ''));
    expect([...new Set(rules)].sort()).toEqual([
      'AwsSolutions-APIG3',
      'AwsSolutions-APIG4',
      'AwsSolutions-COG4',
      'AwsSolutions-IAM4',
      'AwsSolutions-IAM5',
    ]);
  });

  it('refuses a bucket that takes plain HTTP, and a wildcard for which no reason is given', () => {
    const spoilt = () =>
      synthesizeStage({}, (stack) => {
        new Bucket(stack, 'Spoilt');
        const role = stack.node.findAll().find((each) => each.node.path.endsWith('/Functions/PutItemRole')) as Role;
        role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['arn:aws:dynamodb:::table/x'] }));
      });
    expect(spoilt).toThrow(/AwsSolutions-S10'/);
    expect(spoilt).toThrow(/AwsSolutions-IAM5\[Action::dynamodb:\*\]/);
  });
});
