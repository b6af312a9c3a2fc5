import { STATUS_CODES } from 'node:http';
import { describe, expect, it } from 'vitest';
import { problem } from './problem.ts';

describe('problem', () => {
  it('is a problem of RFC 9457 with its extensions', () => {
    expect(problem(400, 'OrderRejected', 'city is required', { issues: [] })).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'city is required',
      code: 'OrderRejected',
      issues: [],
    });
  });

  it.each([400, 403, 404, 405, 409, 415, 500, 503])('titles %i with its phrase', (status) => {
    expect(problem(status, 'X', 'x').title).toBe(STATUS_CODES[status]);
  });

  it('titles 413 as RFC 9110 does', () => {
    expect(problem(413, 'PayloadTooLarge', 'x').title).toBe('Content Too Large');
  });
});
