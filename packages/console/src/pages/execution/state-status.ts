import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { StateStatus } from './state-runs.ts';

/** How the status of a state is shown: the words and the icon of the Step Functions console. */
export const stateStatuses: Readonly<Record<StateStatus, { type: StatusIndicatorProps.Type; text: string }>> = {
  notStarted: { type: 'pending', text: 'Not started' },
  running: { type: 'in-progress', text: 'In progress' },
  succeeded: { type: 'success', text: 'Succeeded' },
  failed: { type: 'error', text: 'Failed' },
  caught: { type: 'warning', text: 'Caught error' },
};
