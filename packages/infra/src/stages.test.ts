import { expect, it } from 'vitest';
import type { Synthesized } from './test-support/synthesize.ts';
import { synthesize } from './test-support/synthesize.ts';

/** Names that are of an account and region: not those of an API's stage, of a role's own policy, or of what is shown. */
function namesOf(stage: Synthesized): string[] {
  const scoped = ['StageName', 'PolicyName', 'OperationName', 'DisplayName', 'MetricName'];
  return Object.values(stage.json.Resources).flatMap(({ Properties }) =>
    Object.entries(Properties).flatMap(([key, value]) =>
      /Name$/.test(key) && !scoped.includes(key) && typeof value === 'string' ? [value] : [],
    ),
  );
}

it('gives the same template twice', () => {
  expect(synthesize({ stage: 'one' }).json).toEqual(synthesize({ stage: 'one' }).json);
});

it('has no name in common with another stage of the same account', () => {
  const [one, two] = [namesOf(synthesize({ stage: 'one' })), namesOf(synthesize({ stage: 'two' }))];
  expect(one).toContain('coffee-orders-one');
  expect(one.filter((name) => two.includes(name))).toEqual([]);
});
