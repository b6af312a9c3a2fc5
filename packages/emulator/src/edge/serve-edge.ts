import { synthesizeStage } from '@coffee/infra';
import type { BackEnd, Gateway, GatewayApi } from '../gateway/index.ts';
import { readApi, startGateway } from '../gateway/index.ts';

/** The API of the synthesized stack, with texts in the places of what only a deployed stack has. */
function synthesizedApi(): GatewayApi {
  return readApi(synthesizeStage().template, ({ logicalId, attribute }) => {
    if (logicalId === 'AWS::Region') return 'ap-southeast-2';
    if (logicalId === 'AWS::AccountId') return '123456789012';
    if (logicalId === 'AWS::Partition') return 'aws';
    if (logicalId.startsWith('WorkflowStateMachine')) {
      return attribute === 'Name'
        ? 'order-workflow'
        : 'arn:aws:states:ap-southeast-2:123456789012:stateMachine:order-workflow';
    }
    return attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
  });
}

/** Serves the synthesized API, its calls of Step Functions answered by a function. */
export function serveEdge(backEnd: BackEnd, options: { readonly timeoutMilliseconds?: number } = {}): Promise<Gateway> {
  const lambda = { send: () => Promise.reject(new Error('no function is behind this edge')) };
  return startGateway({ api: synthesizedApi(), backEnd, lambda, onError: () => undefined, ...options });
}
