import type { Workflow } from '@coffee/api';
import dagre from '@dagrejs/dagre';

/** One state of a state machine's definition, as far as the graph shows it. */
interface StateDefinition {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

type States = Readonly<Record<string, StateDefinition>>;

/** A box of the graph. `start` and `end` are round, and are not states. */
export interface GraphNode {
  readonly id: string;
  readonly kind: 'start' | 'end' | 'task' | 'succeed' | 'fail' | 'other';
  readonly label: string;
  /** The service and action behind a task, as Workflow Studio captions it. */
  readonly caption?: string;
}

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** The error names, if the arrow is that of a catch. */
  readonly caught?: readonly string[];
}

/** The ids of the round boxes. */
export const startId = 'start:';
export const endId = 'end:';

const kinds: Readonly<Record<string, GraphNode['kind']>> = { Task: 'task', Succeed: 'succeed', Fail: 'fail' };

function captionOf({ Type, Resource }: StateDefinition): string {
  if (Type !== 'Task') return `${Type} state`;
  if (Resource?.startsWith('arn:aws:states:::sns:')) return 'Amazon SNS: Publish';
  return 'AWS Lambda: Invoke';
}

function nextOf({ Next, Choices = [], Default }: StateDefinition): string[] {
  return [...new Set([Next, ...Choices.map((choice) => choice.Next), Default])].filter((name) => name !== undefined);
}

/** A state machine as boxes and arrows, in the order of its file. */
export function workflowGraph({ StartAt, States }: Pick<Workflow, 'StartAt'> & { readonly States: States }) {
  const nodes: GraphNode[] = [{ id: startId, kind: 'start', label: 'Start' }];
  const edges: GraphEdge[] = [{ id: `${startId}→${StartAt}`, source: startId, target: StartAt }];
  for (const [name, state] of Object.entries(States)) {
    nodes.push({ id: name, kind: kinds[state.Type] ?? 'other', label: name, caption: captionOf(state) });
    const next = nextOf(state);
    for (const target of next) edges.push({ id: `${name}→${target}`, source: name, target });
    for (const [index, { ErrorEquals, Next }] of (state.Catch ?? []).entries()) {
      edges.push({ id: `${name}→${Next}#${index + 1}`, source: name, target: Next, caught: ErrorEquals });
    }
    if (next.length === 0) edges.push({ id: `${name}→${endId}`, source: name, target: endId });
  }
  nodes.push({ id: endId, kind: 'end', label: 'End' });
  return { nodes, edges };
}

const round = { width: 64, height: 36 };
const card = { width: 220, height: 64 };

/** Lays the boxes out from top to bottom, as Workflow Studio does: the upper left corner and the size of each, by id. */
export function layOut({ nodes, edges }: ReturnType<typeof workflowGraph>) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 48, ranksep: 44, marginx: 8, marginy: 8 });
  for (const { id, kind } of nodes) graph.setNode(id, { ...(kind === 'start' || kind === 'end' ? round : card) });
  for (const { id, source, target, caught } of edges) {
    graph.setEdge(source, target, { weight: caught === undefined ? 4 : 1 }, id);
  }
  dagre.layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y, width, height } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
}
