import { StatusIndicator } from '@cloudscape-design/components';
import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import type { StateStatus } from './state-runs.ts';
import { stateStatuses } from './state-runs.ts';
import type { GraphNode } from './workflow-graph.ts';

/** What a box of the graph shows. */
export type StateNodeType = Node<
  { readonly node: GraphNode; readonly status: StateStatus; readonly retries: number },
  'state' | 'round'
>;

const lambda = <path d="M9 7h6l7.5 16.5H25V26h-4l-6.6-14.6L10 26H7l5.6-14.9L11.9 9.5H9z" fill="#fff" />;
const tick = <path d="M8 16.5l5.5 5.5L24 11" fill="none" stroke="#fff" strokeWidth="3.5" />;
const cross = <path d="M10 10l12 12M22 10L10 22" fill="none" stroke="#fff" strokeWidth="3.5" />;
const arrow = <path d="M8 16h14M17 10l6 6-6 6" fill="none" stroke="#fff" strokeWidth="3" />;

const icons = {
  task: { colour: '#ed7100', path: lambda },
  succeed: { colour: '#00802f', path: tick },
  fail: { colour: '#db0000', path: cross },
  other: { colour: '#656871', path: arrow },
} as const;

/** The points at which the arrows of a box end. */
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

/** A state: its service, its name and its status. */
export function StateNode({ data: { node, status, retries } }: NodeProps<StateNodeType>) {
  if (node.kind === 'start' || node.kind === 'end') return null;
  const icon = icons[node.kind];
  return (
    <div className={`state state-card state-${status}`}>
      <span className="state-icon">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="4" fill={icon.colour} />
          {icon.path}
        </svg>
      </span>
      <span className="state-text">
        <span className="state-caption">{node.caption}</span>
        <span className="state-name">{node.label}</span>
        <span className="state-mark">
          <StatusIndicator type={stateStatuses[status].type} iconAriaLabel={stateStatuses[status].children} />
        </span>
      </span>
      {retries > 0 && (
        <span className="state-retries">
          {retries} {retries === 1 ? 'retry' : 'retries'}
        </span>
      )}
      <Ends />
    </div>
  );
}

/** Start or end. */
export function RoundNode({ data: { node, status } }: NodeProps<StateNodeType>) {
  return (
    <div className={`state state-round state-${status}`}>
      {node.label}
      <Ends />
    </div>
  );
}
