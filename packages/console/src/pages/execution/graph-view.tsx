import '@xyflow/react/dist/style.css';
import './graph.css';
import { StatusIndicator } from '@cloudscape-design/components';
import type { ExecutionStatus } from '@coffee/api';
import type { Edge, Node, NodeProps } from '@xyflow/react';
import { Controls, Handle, MarkerType, Position, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { useVisualMode } from '../../shell/appearance.tsx';
import type { StateRuns, StateStatus } from './state-runs.ts';
import { runOf, stateStatuses } from './state-runs.ts';
import type { StatesProps } from './states.tsx';
import type { GraphEdge, GraphNode } from './workflow-graph.ts';
import { endId, layOut, startId, workflowGraph } from './workflow-graph.ts';

/** What a box of the graph shows. */
type StateNodeType = Node<{ readonly node: GraphNode; readonly status: StateStatus; readonly retries: number }>;

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

/** A state with its service, its name and its status; start and end are round. */
function StateNode({ data: { node, status, retries } }: NodeProps<StateNodeType>) {
  const { type, children: words } = stateStatuses[status];
  const icon = node.kind === 'start' || node.kind === 'end' ? undefined : icons[node.kind];
  return (
    <div className={`state ${icon ? 'state-card' : 'state-round'} state-${status}`}>
      {icon === undefined ? (
        node.label
      ) : (
        <>
          <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <rect width="32" height="32" rx="4" fill={icon.colour} />
            {icon.path}
          </svg>
          <div className="state-text">
            <div className="state-caption">{node.caption}</div>
            <div className="state-name">{node.label}</div>
            <div className="state-mark">
              <StatusIndicator type={type} iconAriaLabel={words} />
            </div>
          </div>
        </>
      )}
      {retries > 0 && <span className="state-retries">{`${retries} ${retries === 1 ? 'retry' : 'retries'}`}</span>}
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { state: StateNode };

/** Whether the execution took an arrow. */
function isWalked({ source, target, caught }: GraphEdge, runs: StateRuns, ended: boolean): boolean {
  const reached = (state: string): boolean => runOf(runs, state).status !== 'notStarted';
  if (source === startId) return reached(target);
  if (target === endId) return ended && reached(source);
  return reached(target) && runOf(runs, source).status === (caught === undefined ? 'succeeded' : 'caught');
}

function edgeOf({ id, source, target, caught }: GraphEdge, walked: boolean): Edge {
  return {
    id,
    source,
    target,
    type: 'smoothstep',
    focusable: false,
    className: `${walked ? 'graph-walked' : ''} ${caught === undefined ? '' : 'graph-catch'}`,
    markerEnd: { type: MarkerType.ArrowClosed, color: walked ? 'var(--graph-walked)' : 'var(--graph-line)' },
    ...(caught === undefined ? {} : { label: `Catch ${caught.join(', ')}` }),
  };
}

const fit = { padding: 0.08, maxZoom: 1 };

/** Keeps the whole graph in view when its container is resized. */
function Fit() {
  const area = useStore(({ width, height }) => width * height);
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (area > 0) void fitView(fit);
  }, [area, fitView]);
  return null;
}

export function GraphView(props: StatesProps & { readonly status: ExecutionStatus }) {
  const { workflow, runs, status, selected, onSelect } = props;
  const { mode } = useVisualMode();
  const graph = useMemo(() => workflowGraph(workflow), [workflow]);
  const places = useMemo(() => layOut(graph), [graph]);
  const inFailState = graph.nodes.some(({ id, kind }) => kind === 'fail' && runOf(runs, id).status !== 'notStarted');
  const ended = status === 'SUCCEEDED' || (status === 'FAILED' && inFailState);

  const nodeOf = (node: GraphNode): StateNodeType => {
    const { id } = node;
    const { width = 0, height = 0, ...position } = places.get(id) ?? { x: 0, y: 0 };
    const box = { id, type: 'state', position, width, height };
    if (id === startId || id === endId) {
      // An execution has always started, and may have ended.
      const status = id === startId || ended ? 'succeeded' : 'notStarted';
      return { ...box, data: { node, status, retries: 0 }, selectable: false, focusable: false };
    }
    const { status, retries } = runOf(runs, id);
    return { ...box, data: { node, status, retries }, selected: id === selected, ariaRole: 'button' };
  };

  return (
    <div className="graph">
      <div className="graph-canvas">
        <ReactFlow
          aria-label="State machine"
          nodes={graph.nodes.map(nodeOf)}
          edges={graph.edges.map((edge) => edgeOf(edge, isWalked(edge, runs, ended)))}
          nodeTypes={nodeTypes}
          colorMode={mode}
          minZoom={0.4}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          panOnDrag
          onNodesChange={(changes) => {
            for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id);
          }}
        >
          <Fit />
          <Controls position="top-right" showInteractive={false} fitViewOptions={fit} />
        </ReactFlow>
      </div>
      <ul className="graph-legend" aria-label="Colours">
        {Object.entries(stateStatuses).map(([status, { children }]) => (
          <li key={status} className={`state-${status}`}>
            {children}
          </li>
        ))}
      </ul>
    </div>
  );
}
