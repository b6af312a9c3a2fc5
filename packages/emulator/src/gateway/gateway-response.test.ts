import { expect, it } from 'vitest';
import type { GatewayResponse } from './api.ts';
import { GatewayError } from './gateway-error.ts';
import { answerError } from './gateway-response.ts';

const sources = {
  parameters: { path: {}, querystring: {}, header: { Origin: 'here' } },
  context: { requestId: 'r1', identity: { user: null } },
  stageVariables: { color: 'red' },
};
const answer = (error: GatewayError, responses: Readonly<Record<string, GatewayResponse>>) =>
  answerError(error, responses, sources, undefined);

it('substitutes variables, and nothing else', () => {
  const template = `{"a": $context.error.messageString, "b": "\${context.error.responseType} $context.requestId.", "c": "$stageVariables.color", "d": "#if(true) $5"}`;
  const headers = { 'X-Origin': 'method.request.header.Origin', 'Content-Type': "'application/problem+json'" };
  const response = answer(new GatewayError('THROTTLED', { message: 'say "slow"' }), {
    THROTTLED: { statusCode: 420, headers, templates: { 'application/json': template } },
  });
  expect(JSON.parse(response.body)).toEqual({
    a: 'say "slow"',
    b: 'THROTTLED r1.',
    c: 'red',
    d: '#if(true) $5',
  });
  expect(response.status).toBe(420);
  expect(response.headers.get('x-origin')).toBe('here');
  expect(response.headers.get('content-type')).toBe('application/problem+json');
});

it('falls back to the default of its hundred, and keeps its own status where that has none', () => {
  const responses = {
    DEFAULT_4XX: { headers: { A: "'4'" }, templates: {} },
    DEFAULT_5XX: { statusCode: 500, headers: { A: "'5'" }, templates: {} },
  };
  const refused = answer(new GatewayError('UNSUPPORTED_MEDIA_TYPE'), responses);
  expect([refused.status, refused.headers.get('a'), refused.body]).toEqual([
    415,
    '4',
    '{"message":"Unsupported Media Type"}',
  ]);
  const failed = answer(new GatewayError('INTEGRATION_TIMEOUT'), responses);
  expect([failed.status, failed.headers.get('a')]).toEqual([500, '5']);
});

it.each([
  '$context.nothing',
  '$context.identity.user',
  '$context',
  "$input.params('a')",
  '$context.error.validationErrorString',
])('refuses %s, whose text is not known', (template) => {
  const responses = { THROTTLED: { headers: {}, templates: { 'application/json': template } } };
  expect(() => answer(new GatewayError('THROTTLED'), responses)).toThrow('in a gateway response has no value');
});
