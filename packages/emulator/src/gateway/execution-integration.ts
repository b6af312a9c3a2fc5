import type { IncomingMessage } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { AwsClient } from 'aws4fetch';
import type { Answer } from './gateway-response.ts';
import { GatewayError, headersOf } from './gateway-response.ts';
import { TemplateError } from './lint-template.ts';
import type { ExecutionIntegration } from './read-api.ts';
import type { TemplateInput } from './render-template.ts';
import { renderTemplate } from './render-template.ts';

/** A call that the gateway makes of Step Functions. */
export interface ServiceCall {
  readonly service: 'states';
  readonly action: string;
  readonly region: string;
  /** What the request template rendered. */
  readonly body: string;
  /** Aborted when the integration times out. */
  readonly signal: AbortSignal;
}

/** What Step Functions answered. */
export interface BackEndAnswer {
  readonly status: number;
  readonly body: string;
}

/** Whatever answers the calls of Step Functions. */
export type BackEnd = (call: ServiceCall) => Promise<BackEndAnswer>;

/**
 * Calls Step Functions at an endpoint by HTTP, with the credentials in the variables of the AWS SDKs: an emulator cannot
 * take on the role of the integration, whose policy is tested elsewhere.
 *
 * A body that is not JSON is refused here with the error of the service, so that a lenient emulator does not hide it.
 */
export function stepFunctionsBackEnd(endpoint: string): BackEnd {
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'test', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'test' } = process.env;
  const { Agent, request } = endpoint.startsWith('https:') ? https : http;
  // A burst of orders waits here, not in handshakes with an emulator that answers one at a time.
  const agent = new Agent({ maxSockets: 16 });
  return async ({ service, action, region, body, signal }) => {
    try {
      JSON.parse(body);
    } catch {
      return { status: 400, body: '{"__type":"com.amazon.coral.service#SerializationException"}' };
    }
    const client = new AwsClient({ accessKeyId, secretAccessKey, service, region });
    const named = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${action}` };
    const signed = await client.sign(endpoint, { method: 'POST', headers: named, body });
    const options = { method: 'POST', headers: Object.fromEntries(signed.headers), agent, signal };
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request(endpoint, options, resolve).on('error', reject).end(body);
      });
      return { status: response.statusCode ?? 0, body: await text(response) };
    } catch (error) {
      throw new GatewayError('INTEGRATION_FAILURE', { cause: error });
    }
  };
}

/** Maps a request to a call of Step Functions, and its answer to that of the method. */
export async function callStepFunctions(
  { action, region, requestTemplate, responses }: ExecutionIntegration,
  input: TemplateInput,
  backEnd: BackEnd,
  signal: AbortSignal,
): Promise<Answer> {
  const request = renderTemplate(requestTemplate, input);
  if (request.status !== undefined || Object.keys(request.headers).length > 0) {
    throw new TemplateError('the template of a request overrides the response');
  }
  const answer = await backEnd({ service: 'states', action, region, body: request.text, signal });
  const matching = responses.filter(({ selectionPattern }) => selectionPattern?.test(String(answer.status)));
  if (matching.length > 1) throw new TemplateError(`more than one response takes the status ${answer.status}`);
  const [response = responses.find(({ selectionPattern }) => selectionPattern === undefined)] = matching;
  if (response === undefined) throw new Error(`no response takes the status ${answer.status}`);
  const {
    status,
    headers: overridden,
    ...rendered
  } = renderTemplate(response.template, { ...input, body: answer.body });
  return {
    status: status ?? response.statusCode,
    headers: headersOf(response.headers, overridden),
    body: rendered.text,
  };
}
