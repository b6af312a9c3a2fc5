import { createClient } from '@coffee/api';

/** The server did not answer: it is down or restarting. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(cause: unknown) {
    super('The server does not answer. Start it with “npx pnpm start”; this page then continues by itself.', { cause });
  }
}

/**
 * The API of the server that served this page. A call throws `ApiProblem` when the server refuses, and
 * {@link Unreachable} when it does not answer.
 */
export const client = createClient({
  baseUrl: globalThis.location.origin,
  fetch: (request) =>
    fetch(request).catch((error: unknown) => {
      throw new Unreachable(error);
    }),
});
