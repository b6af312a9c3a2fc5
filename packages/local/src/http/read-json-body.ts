import type { IncomingMessage } from 'node:http';
import type { Problem, ProblemCode } from '@coffee/api';
import { problem } from '@coffee/api';

/** The most that API Gateway hands to Step Functions: 256 KiB. */
const bodyLimit = 262_144;

/** What is read and thrown away of a body that is too large, so that the client gets to read the answer. */
const drainLimit = 8 * bodyLimit;

const json = /^application\/json\s*(?:;|$)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a request body, or `undefined` when there are more than the limit. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
    else if (length > drainLimit) break;
  }
  if (length > bodyLimit) return undefined;
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

/** The JSON of a request's body, or the problem of one that is too large, of another type, or not JSON. */
export async function readJsonBody(
  incoming: IncomingMessage,
): Promise<
  { readonly success: true; readonly value: unknown } | { readonly success: false; readonly problem: Problem }
> {
  const bytes = await readBody(incoming);
  const refuse = (code: ProblemCode) => ({ success: false, problem: problem(code) }) as const;
  if (!json.test(incoming.headers['content-type'] ?? '')) return refuse('UnsupportedMediaType');
  if (bytes === undefined) return refuse('PayloadTooLarge');
  try {
    return { success: true, value: JSON.parse(utf8.decode(bytes)) };
  } catch {
    return refuse('MalformedJson'); // the answer is the same whatever is wrong with it
  }
}
