import { STATUS_CODES } from 'node:http';
import { describe, expect, it } from 'vitest';
import { problem, rejection } from './problems.ts';

describe('problem', () => {
  it('is a problem of RFC 9457 with its extensions', () => {
    expect(problem('OrderRejected', 'city is required', { issues: [] })).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'city is required',
      code: 'OrderRejected',
      issues: [],
    });
  });

  it.each([
    ['OrderRejected', 400],
    ['Unauthorized', 401],
    ['OrderForbidden', 403],
    ['OperatorRequired', 403],
    ['LinkRejected', 403],
    ['OrderNotFound', 404],
    ['MethodNotAllowed', 405],
    ['ExecutionAlreadyExists', 409],
    ['UnsupportedMediaType', 415],
    ['Throttled', 429],
    ['InternalError', 500],
    ['KeptElsewhere', 501],
    ['Unavailable', 503],
  ] as const)('has the status of %s, and its phrase', (code, status) => {
    expect(problem(code)).toMatchObject({ status, title: STATUS_CODES[status] });
  });

  it.each([502, 504])('takes the status %i of a gateway', (status) => {
    expect(problem('Unavailable', 'no answer', { status })).toMatchObject({ status, title: STATUS_CODES[status] });
  });

  it('titles 413 as RFC 9110 does', () => {
    expect(problem('PayloadTooLarge').title).toBe('Content Too Large');
  });

  it('lists every issue in its detail', () => {
    const issues = [
      { path: ['a'], code: 'required', message: 'a is required' },
      { path: ['b'], code: 'required', message: 'b is required' },
    ];
    expect(rejection('ParameterRejected', issues)).toEqual({
      ...problem('ParameterRejected', 'a is required; b is required'),
      issues,
    });
  });

  it('lists the first 100 issues, and counts the others', () => {
    const issues = Array.from({ length: 101 }, (_, index) => ({ path: [index], code: 'wrong', message: `${index}` }));
    const { detail, issues: told, moreIssues } = rejection('ParameterRejected', issues, 6);
    expect(told).toEqual(issues.slice(0, 100));
    expect(moreIssues).toBe(7);
    expect(detail.endsWith('; 98; 99; and 7 more')).toBe(true);
  });
});
