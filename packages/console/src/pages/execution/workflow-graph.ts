import type { StateDefinition, Workflow } from '../../api/wire.ts';

/** A box of the drawing. `start` and `end` are the round ones that no state stands for. */
export interface GraphNode {
  readonly id: string;
  readonly kind: 'start' | 'end' | 'task' | 'succeed' | 'fail' | 'other';
  readonly label: string;
  /** The service and action behind a task, as Workflow Studio captions it. */
  readonly caption?: string;
}

/** An arrow of the drawing. */
export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** The error names of a catch; an ordinary arrow has none. */
  readonly caught?: readonly string[];
}

/** What is drawn of a state machine. */
export interface WorkflowGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Names of the round boxes; no state can have one, because a state's name is not empty after the colon. */
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

/** The boxes and arrows of a state machine, in the order of its file. */
export function workflowGraph({ StartAt, States }: Workflow): WorkflowGraph {
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
