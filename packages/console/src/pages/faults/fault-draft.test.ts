import type { FaultList } from '@coffee/api';
import { describe, expect, it } from 'vitest';
import { faultErrors, faultOf, firstDraft } from './fault-draft.ts';

const targets: FaultList['targets'] = [
  { port: 'OrderRepository', methods: ['put', 'get'] },
  { port: 'Notifier', methods: ['publish'] },
];
const draft = firstDraft({ targets, faults: [] });

describe('the form of a fault', () => {
  it('begins at the notifier, or at whatever there is', () => {
    expect(draft).toMatchObject({ port: 'Notifier', method: 'publish' });
    expect(firstDraft({ targets: targets.slice(0, 1), faults: [] })).toMatchObject({
      port: 'OrderRepository',
      method: 'put',
    });
    expect(firstDraft({ targets: [], faults: [] })).toMatchObject({ port: '', method: '' });
  });

  it('is the fault that the server takes', () => {
    expect(faultOf(draft)).toEqual({ port: 'Notifier', method: 'publish', kind: 'before', times: 3 });
    expect(faultOf({ ...draft, kind: 'slow', milliseconds: '250', always: true })).toEqual({
      port: 'Notifier',
      method: 'publish',
      kind: 'slow',
      milliseconds: 250,
      times: 'always',
    });
  });

  it.each(['', '0', '-1', '1.5', '1e3', 'x', '1000001'])('refuses %j times', (times) => {
    expect(faultErrors({ ...draft, times })).toHaveProperty('times');
    expect(faultErrors({ ...draft, times, always: true })).toEqual({});
  });

  it('looks at milliseconds only where they matter', () => {
    expect(faultErrors({ ...draft, milliseconds: '' })).toEqual({});
    expect(faultErrors({ ...draft, kind: 'slow', milliseconds: '60001' })).toHaveProperty('milliseconds');
  });
});
