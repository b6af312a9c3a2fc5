import * as fc from 'fast-check';
import { orders } from '../arbitraries.ts';

type Place = readonly (string | number)[];

function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  const entries = value as Record<string | number, unknown>;
  return [place, ...[...keys].flatMap((key) => placesOf(entries[key], [...place, key]))];
}

function replaced(value: unknown, place: Place, by: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  const entries = value as Record<string, unknown>;
  return { ...entries, [key]: replaced(entries[key], rest, by) };
}

const nearMisses = fc.constantFrom<unknown>(
  ...['', ' ', '3.5', '3.50', '4.00', '4', '04', 'Small', 'Medium', 'a0', '../x', '__proto__', 'toString', '\ud800'],
  ...['2026-02-30 00:00:00', '2026-13-01 00:00:00', '2026-11-24 09:30:00', '2026-11-24'],
  ...[0, 1, -1, 1.5, 3.5, 100, 101, 1e20, null, true, [], {}],
);

/** Valid orders with one place, anywhere, replaced by another JSON value: often, but not always, refused. */
export const mutatedOrders: fc.Arbitrary<unknown> = orders.chain((order) =>
  fc
    .tuple(fc.constantFrom(...placesOf(order)), fc.oneof(nearMisses, fc.jsonValue()))
    .map(([place, by]) => replaced(order, place, by)),
);
