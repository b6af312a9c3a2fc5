import { synthesizeStage } from '@coffee/infra';
import type { BackEnd, GatewayApi, Resolve } from '../gateway/index.ts';
import { readApi, startGateway } from '../gateway/index.ts';
import type { GatewayOptions } from '../gateway/start-gateway.ts';
import type { Listening } from '../servers/listen.ts';

/** Texts in place of what only a deployed stack has. */
export const resolve: Resolve = ({ logicalId, attribute }) => {
  if (logicalId === 'AWS::Region') return 'ap-southeast-2';
  if (logicalId === 'AWS::AccountId') return '123456789012';
  if (logicalId === 'AWS::Partition') return 'aws';
  if (logicalId.startsWith('WorkflowStateMachine')) {
    return attribute === 'Name'
      ? 'order-workflow'
      : 'arn:aws:states:ap-southeast-2:123456789012:stateMachine:order-workflow';
  }
  return attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
};

/** The synthesized template of a stage. */
export const { template } = synthesizeStage({ open: 'true' });

/** Its API. */
export const api: GatewayApi = readApi(template, resolve);

/** Serves the API of the synthesized stack, its calls of Step Functions answered by a function or at an endpoint. */
export function serveEdge(backEnd: BackEnd | string, options: Partial<GatewayOptions> = {}): Promise<Listening> {
  const lambda = { send: () => Promise.reject(new Error('no function is behind this edge')) };
  return startGateway({ api, backEnd, lambda, onError: () => undefined, ...options });
}
