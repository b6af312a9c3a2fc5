import { AwsClient } from 'aws4fetch';
import { GatewayError } from './gateway-error.ts';
import type { BackEndAnswer } from './integration-response.ts';

/** A call that the gateway makes of Step Functions. */
export interface ServiceCall {
  readonly service: 'states';
  readonly action: string;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the request template rendered. */
  readonly body: string;
  /** Aborted when the integration times out. */
  readonly signal: AbortSignal;
}

/** Whatever answers the calls of the service integrations. */
export type BackEnd = (call: ServiceCall) => Promise<BackEndAnswer>;

/**
 * Calls Step Functions at an endpoint by HTTP, with the credentials that the variables of the AWS SDKs name: an emulator
 * cannot take on the role of the integration, whose policy is another test's matter.
 *
 * What is not JSON is refused here with the error of the service, so that a lenient emulator does not hide it.
 */
export function stepFunctionsBackEnd(endpoint: string): BackEnd {
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'test', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'test' } = process.env;
  return async ({ service, action, region, headers, body, signal }) => {
    if (!isJson(body)) return { status: 400, body: '{"__type":"com.amazon.coral.service#SerializationException"}' };
    const client = new AwsClient({ accessKeyId, secretAccessKey, service, region, retries: 0 });
    try {
      const response = await client.fetch(endpoint, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `AWSStepFunctions.${action}`,
        },
        body,
        signal,
      });
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
    } catch (error) {
      throw new GatewayError('INTEGRATION_FAILURE', { cause: error });
    }
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
