import { expect, it } from 'vitest';
import type { IntegrationResponse } from './api.ts';
import { mapAnswer } from './integration-response.ts';

const request = {
  parameters: { path: { id: 'p' }, querystring: { q: 'q1' }, header: { 'X-In': 'h' } },
  context: { requestId: 'r1', identity: { sourceIp: '127.0.0.1' } },
  stageVariables: { color: 'red' },
};
const answer = { status: 400, headers: { 'X-Back': 'b' }, body: '{"a":{"b":"c"},"n":4.0}' };
const plain = (statusCode: number, selectionPattern?: string): IntegrationResponse => ({
  statusCode,
  ...(selectionPattern === undefined ? {} : { selectionPattern }),
  headers: {},
  templates: {},
});

it.each([
  [400, '4\\d{2}', 1],
  [400, '40', 2],
  [400, '5\\d{2}|400', 1],
  [404, '400|[^4].*', 2],
])('a status of %i and the pattern %s', (status, pattern, expected) => {
  expect(mapAnswer([plain(2), plain(1, pattern)], { ...answer, status }, request, undefined).status).toBe(expected);
});

it('is a configuration error when no response takes the status, and refused when more than one does', () => {
  expect(() => mapAnswer([plain(200, '2\\d{2}')], answer, request, undefined)).toThrow(
    expect.objectContaining({ name: 'GatewayError', type: 'API_CONFIGURATION_ERROR', status: 500 }),
  );
  expect(() => mapAnswer([plain(1, '400'), plain(2, '4..')], answer, request, undefined)).toThrow('more than one');
});

it('evaluates every documented mapping expression', () => {
  const headers = {
    Static: "'x y'",
    In: 'method.request.header.X-In',
    Query: 'method.request.querystring.q',
    Path: 'method.request.path.id',
    Context: 'context.identity.sourceIp',
    Stage: 'stageVariables.color',
    Back: 'integration.response.header.X-Back',
    Body: 'integration.response.body.a.b',
    Number: 'integration.response.body.n',
    Missing: 'integration.response.body.z',
  };
  const mapped = mapAnswer([{ ...plain(200), headers }], answer, request, undefined);
  expect(Object.fromEntries(mapped.headers)).toEqual({
    'content-type': 'application/json',
    static: 'x y',
    in: 'h',
    query: 'q1',
    path: 'p',
    context: '127.0.0.1',
    stage: 'red',
    back: 'b',
    body: 'c',
    number: '4.0',
  });
});

it('takes the template that the client accepts, else the one for JSON, else the first', () => {
  const templates = { 'text/plain': 'first', 'application/json': 'json', 'application/xml': 'xml' };
  const body = (accept?: string, given: Readonly<Record<string, string>> = templates) => {
    const mapped = mapAnswer([{ ...plain(200), templates: given }], answer, request, accept);
    return [mapped.headers.get('content-type'), mapped.body];
  };
  expect(body('application/xml')).toEqual(['application/xml', 'xml']);
  expect(body('image/png')).toEqual(['application/json', 'json']);
  expect(body()).toEqual(['application/json', 'json']);
  expect(body(undefined, { 'text/plain': 'first' })).toEqual(['text/plain', 'first']);
});
