import { expect, it } from 'vitest';
import { isSameJson } from './same-json.ts';

it.each<[unknown, unknown]>([
  ['ab', { 0: 'a', 1: 'b' }],
  [1, {}],
  [null, {}],
  [[], {}],
  ['', []],
])('distinguishes %j from %j, both ways round', (a, b) => {
  expect([isSameJson(a, b), isSameJson(b, a)]).toEqual([false, false]);
});
