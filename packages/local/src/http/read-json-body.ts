import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { answerProblem } from './problem-response.ts';
import { readBody } from './read-body.ts';

const json = /^application\/json\s*(?:;|$)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The JSON of a request's body, or the answer to one that is too large, of another type, or no JSON. */
export async function readJsonBody(
  context: Context,
  incoming: IncomingMessage,
): Promise<
  { readonly success: true; readonly value: unknown } | { readonly success: false; readonly answer: Response }
> {
  const bytes = await readBody(incoming);
  const refuse = (status: number, code: string, detail: string) =>
    ({ success: false, answer: answerProblem(context, status, code, detail) }) as const;
  if (!json.test(incoming.headers['content-type'] ?? '')) {
    return refuse(415, 'UnsupportedMediaType', 'the content type must be application/json');
  }
  if (bytes === undefined) return refuse(413, 'PayloadTooLarge', 'the body must not be larger than 262144 bytes');
  try {
    return { success: true, value: JSON.parse(utf8.decode(bytes)) };
  } catch {
    // Whatever is wrong with it, the answer is the same.
    return refuse(400, 'MalformedJson', 'the body must be JSON in UTF-8');
  }
}
