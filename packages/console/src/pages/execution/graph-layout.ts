import dagre from '@dagrejs/dagre';
import type { WorkflowGraph } from './workflow-graph.ts';

/** Where a box is drawn: its upper left corner and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const round = { width: 64, height: 36 };
const card = { width: 220, height: 64 };

/** The place of every box, from top to bottom, in the manner of Workflow Studio. */
export function layOut({ nodes, edges }: WorkflowGraph): ReadonlyMap<string, Box> {
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
