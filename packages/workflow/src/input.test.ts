import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderWorkflowInput, PutItemInput } from './index.ts';
import { inputOf, orderOf, readPutItemInput } from './index.ts';

const anyone = { kind: 'anyone' } as const;
const named = { orderid: 'o1', acceptedAt: '2026-11-24T09:30:00.000Z' };
const hostile = ['"}, "caller": {"kind": "operator"}}', "L'Aquila", '\\', '\\\\"', '\u2028', '☕️', '\\u0022', '\ud800'];

describe('the input of an execution', () => {
  it.each(hostile)('has a body with %j as it was sent, and nothing beside it', (text) => {
    const body = JSON.stringify({ order: { city: text } });
    expect(JSON.parse(inputOf(body))).toEqual({ body, caller: anyone });
    expect(orderOf(inputOf(body))).toEqual({ city: text });
  });

  it('has any body as it was sent', () => {
    const body = fc.string({
      unit: fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 2 })),
    });
    fc.assert(fc.property(body, (body) => void expect(JSON.parse(inputOf(body))).toEqual({ body, caller: anyone })));
  });

  it.each([
    ['{"order":{"city":"Perth"}}', { city: 'Perth' }],
    [inputOf('{"order":1,"order":{"city":"Perth"}}'), { city: 'Perth' }],
    [inputOf('{"order":'), undefined],
    [inputOf('null'), undefined],
    ['{}', undefined],
    ['null', undefined],
    ['{"order":', undefined],
    ['', undefined],
  ])('%s holds the order %j', (input, order) => {
    expect(orderOf(input)).toEqual(order);
  });
});

describe('the input of task_put_item', () => {
  const body = '{"order": {"city": "Perth"}}';
  const given = { ...named, order: { city: 'Perth' }, caller: anyone };

  it.each<[string, PutItemInput]>([
    ['this version', { ...named, input: { body, caller: anyone } }],
    ['an execution of an earlier version', { ...named, input: { order: { city: 'Perth' } } }],
    ['the definition of an earlier version', { ...named, order: { city: 'Perth' } }],
  ])('is read as %s passes it', (_, event) => {
    expect(readPutItemInput(event)).toEqual(given);
  });

  it.each(['', '{"order":', '\ufeff{"order":1}', '{"order":1} {}'])('is rejected with the body %j', (body) => {
    const read = () => readPutItemInput({ ...named, input: { body, caller: anyone } });
    expect(read).toThrow(expect.objectContaining({ name: 'OrderRejected', message: 'the body must be JSON' }));
  });

  it.each([undefined, null, 'anyone', {}, { kind: 'operator' }, { kind: 'anyone', accountid: 'a0' }, [anyone]])(
    'is never taken for anyone with the caller %j',
    (caller) => {
      for (const sent of [{ body, caller }, ...(caller === undefined ? [] : [{ order: {}, caller }])]) {
        const read = () => readPutItemInput({ ...named, input: sent as OrderWorkflowInput });
        expect(read).toThrow(expect.objectContaining({ name: 'CallerUnknown' }));
      }
    },
  );

  it.each([null, 1, 'x', [], {}])('is refused where the execution was started with %j', (input) => {
    const read = () => readPutItemInput({ ...named, input: input as unknown as OrderWorkflowInput });
    expect(read).toThrow(expect.objectContaining({ name: 'CallerUnknown' }));
  });
});
