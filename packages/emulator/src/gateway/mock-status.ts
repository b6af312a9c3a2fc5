import { GatewayError } from './gateway-error.ts';

/**
 * The status that the request template of a mock integration names: `{ statusCode: 204 }`, its key quoted or not.
 *
 * @throws GatewayError for anything else, as API Gateway answers 500 when it cannot parse the status.
 */
export function mockStatus(rendered: string): number {
  const [, status] = /^\s*\{\s*["']?statusCode["']?\s*:\s*(\d{3})\s*\}\s*$/.exec(rendered) ?? [];
  if (status === undefined) throw new GatewayError('DEFAULT_5XX', { cause: new Error(`no status in ${rendered}`) });
  return Number(status);
}
