/**
 * A handler's error as Step Functions sees it from Lambda: `name` is the error type that `Retry` and `Catch` match, the
 * message (which becomes the `Cause`) is Lambda's JSON of type, message and trace.
 */
export class LambdaError extends Error {
  constructor(error: unknown) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const trace = (stack ?? '').split('\n').slice(0, 8);
    super(JSON.stringify({ errorType: name, errorMessage: message, trace }));
    this.name = name;
  }
}
