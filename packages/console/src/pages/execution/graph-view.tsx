import '@xyflow/react/dist/base.css';
import './graph-view.css';
import type { Edge } from '@xyflow/react';
import { Controls, MarkerType, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { ExecutionStatus, Workflow } from '../../api/wire.ts';
import { useVisualMode } from '../../shell/visual-mode-provider.tsx';
import { layOut } from './graph-layout.ts';
import type { StateNodeType } from './state-node.tsx';
import { RoundNode, StateNode } from './state-node.tsx';
import type { StateRun, StateStatus } from './state-runs.ts';
import { runOf } from './state-runs.ts';
import { stateStatuses } from './state-status.ts';
import type { GraphEdge, GraphNode, WorkflowGraph } from './workflow-graph.ts';
import { endId, startId, workflowGraph } from './workflow-graph.ts';

interface GraphViewProps {
  readonly workflow: Workflow;
  readonly runs: ReadonlyMap<string, StateRun>;
  readonly status: ExecutionStatus;
  readonly selected: string | undefined;
  readonly onSelect: (state: string) => void;
}

const nodeTypes = { state: StateNode, round: RoundNode };
const legend = ['running', 'succeeded', 'failed', 'caught', 'notStarted'] as const satisfies StateStatus[];

/** Start is behind every execution; the end is reached once it has ended well or by a Fail state. */
function roundStatus(id: string, ended: boolean): StateStatus {
  return id === startId || ended ? 'succeeded' : 'notStarted';
}

function nodeOf(node: GraphNode, props: GraphViewProps, position: ReturnType<typeof layOut>, ended: boolean) {
  const { x = 0, y = 0, width = 0, height = 0 } = position.get(node.id) ?? {};
  const round = node.id === startId || node.id === endId;
  const { status, retries } = round ? { status: roundStatus(node.id, ended), retries: 0 } : runOf(props.runs, node.id);
  return {
    id: node.id,
    type: round ? 'round' : 'state',
    position: { x, y },
    width,
    height,
    data: { node, status, retries },
    selectable: !round,
    focusable: !round,
    selected: node.id === props.selected,
    ...(round ? {} : { ariaRole: 'button' as const }),
  } satisfies StateNodeType;
}

/** Whether the execution went along an arrow. */
function walked(edge: GraphEdge, runs: ReadonlyMap<string, StateRun>, ended: boolean): boolean {
  if (edge.source === startId) return runOf(runs, edge.target).status !== 'notStarted';
  if (edge.target === endId) return ended && runOf(runs, edge.source).status !== 'notStarted';
  const from = runOf(runs, edge.source).status;
  const reached = runOf(runs, edge.target).status !== 'notStarted';
  return reached && from === (edge.caught === undefined ? 'succeeded' : 'caught');
}

function edgeOf(edge: GraphEdge, runs: ReadonlyMap<string, StateRun>, ended: boolean): Edge {
  const way = walked(edge, runs, ended);
  const { id, source, target, caught } = edge;
  const kind = caught === undefined ? '' : ' graph-catch';
  return {
    id,
    source,
    target,
    type: 'smoothstep',
    focusable: false,
    className: `${way ? 'graph-walked' : 'graph-open'}${kind}`,
    markerEnd: { type: MarkerType.ArrowClosed, color: way ? 'var(--graph-walked)' : 'var(--graph-open)' },
    ...(caught === undefined ? {} : { label: `Catch ${caught.join(', ')}`, labelShowBg: true }),
  };
}

const fit = { padding: 0.08, maxZoom: 1 };

/** Keeps the whole drawing in view, whatever becomes of the room for it. */
function Fit() {
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (width > 0 && height > 0) void fitView(fit);
  }, [width, height, fitView]);
  return null;
}

/** The state machine of an execution, each state in the colour of what happens to it. */
export function GraphView(props: GraphViewProps) {
  const { workflow, runs, status, selected, onSelect } = props;
  const { mode } = useVisualMode();
  const graph: WorkflowGraph = useMemo(() => workflowGraph(workflow), [workflow]);
  const position = useMemo(() => layOut(graph), [graph]);
  const failState = graph.nodes.some(({ id, kind }) => kind === 'fail' && runOf(runs, id).status !== 'notStarted');
  const ended = status === 'SUCCEEDED' || (status === 'FAILED' && failState);

  return (
    <div className="graph">
      <div className="graph-canvas">
        <ReactFlow
          aria-label="State machine"
          nodes={graph.nodes.map((node) => nodeOf(node, { ...props, selected }, position, ended))}
          edges={graph.edges.map((edge) => edgeOf(edge, runs, ended))}
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
        {legend.map((entry) => (
          <li key={entry}>
            <span className={`graph-swatch state-${entry}`} aria-hidden="true" />
            {stateStatuses[entry].text}
          </li>
        ))}
      </ul>
    </div>
  );
}
