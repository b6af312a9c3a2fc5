import { UsageError } from '../failures/usage-error.ts';

/**
 * The base URL of the API: a URL without a path gets the stage of the seed, `/prod`.
 *
 * @throws UsageError when it is no http URL.
 */
export function apiOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${JSON.stringify(text)} is no http URL`, ['for example --url http://127.0.0.1:3000']);
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? '/prod' : path}`;
}
