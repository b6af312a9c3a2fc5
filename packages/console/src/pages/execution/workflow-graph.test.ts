import type { Workflow } from '@coffee/api';
import { orderWorkflow } from '@coffee/workflow';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endId, layOut, startId, workflowGraph } from './workflow-graph.ts';

const graph = workflowGraph(orderWorkflow);

/** Chains of states, each with a way to the next and perhaps a catch that leads to a Fail state. */
const workflows = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }).map((catches): Workflow => {
  const states = catches.map((caught, index): [string, Workflow['States'][string]] => [
    `state ${index}`,
    {
      Type: 'Task',
      ...(index + 1 < catches.length ? { Next: `state ${index + 1}` } : { End: true }),
      ...(caught ? { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'failed' }] } : {}),
    },
  ]);
  return { StartAt: 'state 0', States: Object.fromEntries([...states, ['failed', { Type: 'Fail' }]]) };
});

describe('the graph of the order workflow', () => {
  it('has its states between start and end', () => {
    expect(graph.nodes.map(({ label, kind, caption = '' }) => `${kind}: ${label} ${caption}`.trim())).toEqual([
      'start: Start',
      'task: task_put_item AWS Lambda: Invoke',
      'task: task_put_object AWS Lambda: Invoke',
      'task: task_notify AWS Lambda: Invoke',
      'succeed: Job Succeeded Succeed state',
      'fail: Job Failed Fail state',
      'end: End',
    ]);
  });

  it('has the path of a good order, and that of a refused one', () => {
    expect(graph.edges.map(({ source, target, caught }) => [source, target, ...(caught ?? [])].join(' → '))).toEqual([
      'start: → task_put_item',
      'task_put_item → task_put_object',
      'task_put_item → Job Failed → OrderRejected',
      'task_put_object → task_notify',
      'task_notify → Job Succeeded',
      'Job Succeeded → end:',
      'Job Failed → end:',
    ]);
  });

  it('draws every path of a choice once', () => {
    const choice: Workflow = {
      StartAt: 'c',
      States: {
        c: { Type: 'Choice', Choices: [{ Next: 'a' }, { Next: 'a' }], Default: 'b' },
        a: { Type: 'Succeed' },
        b: { Type: 'Fail' },
      },
    };
    const ways = workflowGraph(choice).edges.filter(({ source }) => source === 'c');
    expect(ways.map(({ target }) => target)).toEqual(['a', 'b']);
  });

  it('names a publish without a function by its service', () => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true };
    expect(workflowGraph({ StartAt: 's', States: { s: state } }).nodes[1]).toMatchObject({
      caption: 'Amazon SNS: Publish',
    });
  });
});

describe('the layout', () => {
  it('always puts each box apart from every other, start on top and end at the bottom', () => {
    fc.assert(
      fc.property(workflows, (workflow) => {
        const place = layOut(workflowGraph(workflow));
        const boxes = [...place.values()];
        for (const [index, a] of boxes.entries()) {
          expect([a.x, a.y].every(Number.isFinite)).toBe(true);
          for (const b of boxes.slice(index + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart).toBe(true);
          }
        }
        const tops = boxes.map(({ y }) => y);
        expect(place.get(startId)?.y).toBe(Math.min(...tops));
        expect(place.get(endId)?.y).toBe(Math.max(...tops));
      }),
      { numRuns: 50 },
    );
  });
});
