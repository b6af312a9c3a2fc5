import { AwsClient } from 'aws4fetch';

/**
 * Asks Step Functions as the mapping templates of the API do. The SDK would ask another host for `TestState`.
 *
 * @throws Error with the answer, unless it is 200.
 */
export async function askStates(
  endpoint: string,
  action: string,
  body: object,
): Promise<Readonly<Record<string, unknown>>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new AwsClient({ ...credentials, service: 'states', region: 'us-east-1' });
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${action}` };
  const response = await client.fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${action} was answered ${response.status}: ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
