import { isIdentifier, parseInvoiceKey } from '@coffee/domain';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { invoiceCursor, orderCursor, queries } from './queries.ts';
import { readQuery, textRule } from './read-query.ts';

const issuesOf = (answer: ReturnType<typeof readQuery>) =>
  answer.success ? [] : (answer.problem.issues ?? []).map(({ path, code, message }) => [path.join('.'), code, message]);

describe('readQuery', () => {
  it('reads the values and the default length of a page, and omits what is missing', () => {
    expect(readQuery({}, queries.listOrders)).toEqual({ success: true, values: { limit: 100 } });
    expect(readQuery({ year: ['2026'], month: ['11'], limit: ['1'] }, queries.listInvoices)).toEqual({
      success: true,
      values: { year: 2026, month: 11, limit: 1 },
    });
    expect(readQuery({ orderid: ['7'], before: ['7'] }, queries.listMails)).toEqual({
      success: true,
      values: { orderid: '7', before: 7, limit: 100 },
    });
  });

  it('names every parameter that breaks a rule', () => {
    const query = { limit: ['0'], status: ['DONE'], before: ['1', '2'], stauts: ['FAILED'] };
    const answer = readQuery(query, queries.listExecutions);
    expect(answer).toMatchObject({ success: false, problem: { status: 400, code: 'ParameterRejected' } });
    expect(issuesOf(answer)).toEqual([
      ['stauts', 'unknown_key', 'stauts is not a parameter of this call'],
      ['status', 'wrong_format', 'status must be one of RUNNING, SUCCEEDED, FAILED'],
      ['limit', 'wrong_format', 'limit must be a whole number from 1 to 1000'],
      ['before', 'repeated', 'before must be given once'],
    ]);
  });

  it.each(['', '1001', '-1', '1.5', '1e2', ' 5', '0x10', '9'.repeat(20)])('refuses the limit %j', (limit) => {
    expect(readQuery({ limit: [limit] }, queries.listOrders).success).toBe(false);
  });

  it('requires what is required, and ignores other parameters on request', () => {
    const rules = { accountid: textRule(isIdentifier, 'must be an id') };
    expect(issuesOf(readQuery({ x: ['1'] }, rules, { others: 'ignore' }))).toEqual([
      ['accountid', 'required', 'accountid is required'],
    ]);
    expect(issuesOf(readQuery({ accountid: ['.'] }, rules))).toEqual([
      ['accountid', 'wrong_format', 'accountid must be an id'],
    ]);
    expect(readQuery({ accountid: ['a0'] }, rules)).toEqual({ success: true, values: { accountid: 'a0' } });
  });
});

describe('a cursor', () => {
  it('of orders names the position after which a page begins', () => {
    const position = { acceptedAt: '2026-11-24T09:30:00.000Z', orderid: 'o_1-x' };
    const next = z.encode(orderCursor, position);
    expect(next).toBe('2026-11-24T09:30:00.000Z~o_1-x');
    expect(readQuery({ before: [next] }, queries.listOrders)).toMatchObject({ values: { before: position } });
  });

  it.each(['', '2026-11-24T09:30:00.000Z', '2026-11-24T09:30:00Z~o1', '2026-11-24T09:30:00.000Z~a~b', '7'])(
    'of orders is not %j',
    (before) => {
      expect(issuesOf(readQuery({ before: [before] }, queries.listOrders))).toEqual([
        ['before', 'wrong_format', 'before must be the "next" of an earlier page'],
      ]);
    },
  );

  it('of invoices is the key of one', () => {
    const key = parseInvoiceKey('2026/11/a0');
    expect(z.encode(invoiceCursor, key)).toBe('2026/11/a0');
    expect(readQuery({ before: ['2026/11/a0'] }, queries.listInvoices)).toMatchObject({ values: { before: key } });
    for (const before of ['2026/011/a0', '2026/13/a0', 'a0', '']) {
      expect(readQuery({ before: [before] }, queries.listInvoices).success).toBe(false);
    }
  });
});
