/** What a function writes to standard output and standard error while it runs, line by line. */
export async function captureOutput(run: () => Promise<unknown>): Promise<string[]> {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      written.push(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk));
      return true;
    };
  }
  try {
    await run();
  } finally {
    streams.forEach((stream, index) => {
      if (writes[index] !== undefined) stream.write = writes[index];
    });
  }
  return written.join('').trimEnd().split('\n');
}
