import { StatusIndicator } from '@cloudscape-design/components';
import type { ExecutionStatus } from '../api/wire.ts';

const shown = {
  RUNNING: { type: 'in-progress', text: 'Running' },
  SUCCEEDED: { type: 'success', text: 'Succeeded' },
  FAILED: { type: 'error', text: 'Failed' },
} as const satisfies Record<ExecutionStatus, object>;

/** How an execution stands. */
export function ExecutionStatusIndicator({ status }: { readonly status: ExecutionStatus }) {
  const { type, text } = shown[status];
  return (
    <StatusIndicator type={type} {...(status === 'RUNNING' ? { colorOverride: 'blue' } : {})}>
      {text}
    </StatusIndicator>
  );
}
