import { plain } from '../terminal/plain.ts';

/** What a person wants to know of a cause: the message in what Lambda reports as JSON, or the text as it is. */
function describeCause(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return plain(typeof errorMessage === 'string' ? errorMessage : cause);
  } catch {
    return plain(cause); // it is no JSON
  }
}

/** An error and its cause in one line. */
export function describeError({
  error,
  cause,
}: {
  readonly error?: string;
  readonly cause?: string;
}): string | undefined {
  if (error === undefined) return undefined;
  return cause === undefined || cause === '' ? plain(error) : `${plain(error)}: ${describeCause(cause)}`;
}
