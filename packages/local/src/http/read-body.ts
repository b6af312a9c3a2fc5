import type { IncomingMessage } from 'node:http';

/** The most that API Gateway hands to Step Functions: 256 KiB. */
const bodyLimit = 262_144;

/** What is read and thrown away of a body that is too large, so that the client gets to read the answer. */
const drainLimit = 8 * bodyLimit;

/** The bytes of a request body, or `undefined` when there are more than the limit. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
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
