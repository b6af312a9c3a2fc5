/** The cause of an error, as far as it can be read. */
export interface ErrorCause {
  /** One sentence for a person. */
  readonly message: string;
  /** Everything the function answered, where the cause is a Lambda's: name, message and stack. */
  readonly answer?: object;
}

/** Reads a cause: a Lambda function's is JSON with `errorMessage`, any other is a text. */
export function readCause(cause: string | undefined): ErrorCause {
  if (cause === undefined) return { message: '' };
  try {
    const answer: unknown = JSON.parse(cause);
    if (typeof answer !== 'object' || answer === null) return { message: cause };
    const { errorMessage } = answer as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? { message: errorMessage, answer } : { message: cause, answer };
  } catch {
    return { message: cause };
  }
}
