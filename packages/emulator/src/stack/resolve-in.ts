import type { Resolve } from '../gateway/index.ts';
import type { DeployedStack } from './deploy-stack.ts';

/** Says what a reference in the template of a deployed stack is: by the physical ids, as CloudFormation would. */
export function resolveIn({ physicalIds, outputs }: DeployedStack): Resolve {
  const [, , , region = '', account = ''] = (outputs.StateMachineArn ?? '').split(':');
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return ({ logicalId, attribute }) => {
    const id = pseudo[logicalId] ?? physicalIds[logicalId];
    if (id === undefined) throw new Error(`the stack has no ${logicalId}`);
    if (attribute === undefined) return id;
    if (attribute === 'Name') return id.slice(id.lastIndexOf(':') + 1); // of a state machine, whose id is its ARN
    if (attribute === 'Arn' && logicalId.startsWith('Functions')) {
      return logicalId.includes('Role')
        ? `arn:aws:iam::${account}:role/${id}`
        : `arn:aws:lambda:${region}:${account}:function:${id}`;
    }
    return `${id}.${attribute}`;
  };
}
