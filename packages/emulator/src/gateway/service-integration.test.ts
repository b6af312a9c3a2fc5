import { describe, expect, it } from 'vitest';
import type { BackEndAnswer } from './integration-response.ts';
import { api } from './test-support/api-template.ts';
import { serve, start } from './test-support/start.ts';

const body = JSON.stringify({ city: `L'Aquila "x" \\ \n @@ 😀 \u2028` });

const post = (url: string): Promise<Response> =>
  fetch(`${url}/prod/order`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });

const answering = async (answer: BackEndAnswer) => post((await start({ backEnd: async () => answer })).url);

it('calls Step Functions by HTTP with what the template renders', async () => {
  const service = await serve(200, '{"executionArn":"arn:x","startDate":1.5}');
  const { url } = await start({ backEnd: service.url });
  const response = await post(url);
  expect([response.status, await response.json()]).toEqual([202, { arn: 'arn:x' }]);
  const [asked] = service.asked;
  expect(asked?.request.method).toBe('POST');
  expect(asked?.request.headers).toMatchObject({
    'x-amz-target': 'AWSStepFunctions.StartExecution',
    'content-type': 'application/x-amz-json-1.0',
    authorization: expect.stringMatching(/Credential=test\/\d{8}\/eu-central-1\/states\/aws4_request/),
    'x-stage': 'prod',
  });
  expect(JSON.parse(asked?.body ?? '')).toEqual({ stateMachineArn: 'arn:machine', input: body });
});

it('refuses what is not JSON in the name of the service', async () => {
  const service = await serve(200, '{}');
  const spoilt = structuredClone(api) as typeof api;
  const { url } = await start({ backEnd: service.url, api: withRequestTemplate(spoilt, '{"input": "$input.body"}') });
  const response = await post(url);
  expect([response.status, await response.json()]).toEqual([
    400,
    { type: 'com.amazon.coral.service#SerializationException' },
  ]);
  expect(service.asked).toEqual([]);
});

function withRequestTemplate(given: typeof api, text: string): typeof api {
  const integration = given.resources.flatMap(({ methods }) => methods.POST?.integration ?? [])[0];
  if (integration?.type === 'AWS') Object.assign(integration.requestTemplates, { 'application/json': text });
  return given;
}

describe('the answer of the back end', () => {
  it('is selected by the whole status', async () => {
    const response = await answering({ status: 400, body: '{"__type":"InvalidName"}' });
    expect([response.status, await response.json()]).toEqual([400, { type: 'InvalidName' }]);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('location')).toBeNull();
  });

  it('is overridden by its template', async () => {
    const response = await answering({ status: 400, body: '{"__type":"ExecutionAlreadyExists"}' });
    expect([response.status, response.headers.get('location')]).toEqual([409, '/there']);
  });

  it.each([429, 500, 503])(
    'of status %i is left to the response without a pattern, its body as it is',
    async (status) => {
      const response = await answering({ status, body: 'plain' });
      expect([response.status, await response.text()]).toEqual([503, 'plain']);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    },
  );
});

describe('a failure', () => {
  it('to connect is an integration failure', async () => {
    const errors: unknown[] = [];
    const { url } = await start({ backEnd: 'http://127.0.0.1:1', onError: (error) => errors.push(error) });
    const response = await post(url);
    expect([response.status, await response.json()]).toEqual([
      504,
      { message: 'Network error communicating with endpoint' },
    ]);
    expect(errors).toHaveLength(1);
  });

  it('to answer in time is an integration timeout', async () => {
    const aborted = Promise.withResolvers<void>();
    const { url } = await start({
      timeoutMilliseconds: 20,
      backEnd: ({ signal }) => {
        signal.addEventListener('abort', () => aborted.resolve());
        return new Promise(() => {});
      },
    });
    const response = await post(url);
    expect([response.status, await response.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
    await aborted.promise;
  });

  it('of a template is a 500, and is reported', async () => {
    const errors: unknown[] = [];
    const { url } = await start({
      backEnd: async () => ({ status: 200, body: 'no JSON' }),
      onError: (error) => errors.push(error),
    });
    const response = await post(url);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
    expect(String(errors)).toContain('TemplateError');
  });
});
