import { expect, it } from 'vitest';
import { readInput } from './execution-input.ts';

const order = { accountid: 'a0', vendorid: 'v0' };
const caller = { kind: 'anyone' };
const body = JSON.stringify({ order });

it.each([
  ['of this version', { body, caller }, { body: { order }, caller }, order],
  ['of an earlier version', { order }, { order }, order],
  ['whose body is not JSON', { body: '{', caller }, { body: '{', caller }, undefined],
  ['whose body is null', { body: 'null', caller }, { body: null, caller }, undefined],
  ['that was forgotten', {}, {}, undefined],
  ['that is damaged', '{"body":', '{"body":', undefined],
  ['that is null', null, null, undefined],
])('shows the input of an execution %s', (_, input, shown, sent) => {
  expect(readInput(input)).toEqual({ shown, order: sent });
});
