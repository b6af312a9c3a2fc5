import './state-node.css';
import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import type { StateStatus } from './state-runs.ts';
import { stateStatuses } from './state-status.ts';
import type { GraphNode } from './workflow-graph.ts';

/** What a box of the drawing shows. */
export type StateNodeType = Node<
  { readonly node: GraphNode; readonly status: StateStatus; readonly retries: number },
  'state' | 'round'
>;

const lambda = (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="4" fill="#ed7100" />
    <path d="M9 7h6l7.5 16.5H25V26h-4l-6.6-14.6L10 26H7l5.6-14.9L11.9 9.5H9z" fill="#fff" />
  </svg>
);
const succeed = (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="4" fill="#00802f" />
    <path d="M8 16.5l5.5 5.5L24 11" fill="none" stroke="#fff" strokeWidth="3.5" />
  </svg>
);
const fail = (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="4" fill="#db0000" />
    <path d="M10 10l12 12M22 10L10 22" fill="none" stroke="#fff" strokeWidth="3.5" />
  </svg>
);
const flow = (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="4" fill="#656871" />
    <path d="M8 16h14M17 10l6 6-6 6" fill="none" stroke="#fff" strokeWidth="3" />
  </svg>
);

const icons = { task: lambda, succeed, fail, other: flow } as const;

const marks: Readonly<Record<StateStatus, string>> = {
  notStarted: '',
  running: 'M8 3v5l3.5 2',
  succeeded: 'M4.5 8.5l2.5 2.5 4.5-5',
  failed: 'M5.5 5.5l5 5M10.5 5.5l-5 5',
  caught: 'M8 4v5M8 10.5v1.5',
};

function StatusMark({ status }: { readonly status: StateStatus }) {
  if (status === 'notStarted') return null;
  return (
    <svg className="state-mark" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="8" />
      <path d={marks[status]} />
    </svg>
  );
}

/** The way in and the way out of a box, where its arrows end. */
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

/** A state: its service, its name, and how it stands. */
export function StateNode({ data: { node, status, retries } }: NodeProps<StateNodeType>) {
  if (node.kind === 'start' || node.kind === 'end') return null;
  return (
    <div className={`state-card state-${status}`}>
      <span className="state-icon">{icons[node.kind]}</span>
      <span className="state-text">
        <span className="state-caption">{node.caption}</span>
        <span className="state-name">{node.label}</span>
        <span className="state-told">{stateStatuses[status].text}</span>
      </span>
      {retries > 0 && (
        <span className="state-retries">
          {retries} {retries === 1 ? 'retry' : 'retries'}
        </span>
      )}
      <StatusMark status={status} />
      <Ends />
    </div>
  );
}

/** Start or end. */
export function RoundNode({ data: { node, status } }: NodeProps<StateNodeType>) {
  return (
    <div className={`state-round state-${status}`}>
      {node.label}
      <Ends />
    </div>
  );
}
