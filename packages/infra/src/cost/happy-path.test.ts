import { orderWorkflow } from '@coffee/workflow';
import { describe, expect, it } from 'vitest';
import { happyPath, historyEvents, transitions } from './happy-path.ts';

describe('the happy path', () => {
  it('of an order is three tasks and the end, 5 transitions with the start', () => {
    expect(happyPath(orderWorkflow).map(({ name }) => name)).toEqual([
      'task_put_item',
      'task_put_object',
      'task_notify',
      'Job Succeeded',
    ]);
    expect(transitions(orderWorkflow)).toBe(5);
    expect(historyEvents(orderWorkflow)).toBe(2 + 3 * 5 + 2);
  });

  it.each(['Choice', 'Parallel', 'Map'])('is not guessed behind a %s', (Type) => {
    const definition = { StartAt: 'a', States: { a: { Type: 'Pass', Next: 'b' }, b: { Type } } };
    expect(() => transitions(definition)).toThrow(`b, a ${Type}`);
  });

  it('ends, or says why not', () => {
    const a = { Type: 'Pass', Next: 'a' };
    expect(() => happyPath({ StartAt: 'a', States: { a } })).toThrow('entered twice');
    expect(() => happyPath({ StartAt: 'b', States: { a } })).toThrow('no state "b"');
  });
});
