import { App } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { readStage } from './stage.ts';

const read = (context: Record<string, unknown>) => readStage(new App({ context }).node);

it('is dev, retained and without a subscriber when nothing is said', () => {
  expect(read({})).toEqual({ name: 'dev', disposable: false });
});

it('reads everything', () => {
  const context = { stage: 'blue-2', email: 'coffee@example.com', allow: '10.0.0.0/8,::1/128', disposable: 'true' };
  expect(read(context)).toEqual({
    name: 'blue-2',
    email: 'coffee@example.com',
    allow: ['10.0.0.0/8', '::1/128'],
    disposable: true,
  });
});

it.each([
  [{ stage: 'Prod' }, 'stage'],
  [{ stage: '' }, 'stage'],
  [{ stage: 'a'.repeat(21) }, 'stage'],
  [{ email: 'coffee' }, 'email'],
  [{ email: 'a@b.c,d@e.f' }, 'email'],
  [{ allow: '10.0.0.0' }, 'allow'],
  [{ allow: '10.0.0.0/8, 11.0.0.0/8' }, 'allow'],
  [{ disposable: 'yes' }, 'disposable'],
])('refuses %j and names the value', (context, name) => {
  expect(() => read(context)).toThrow(
    expect.objectContaining({ name: 'StageRejected', message: expect.stringMatching(name) }),
  );
});
