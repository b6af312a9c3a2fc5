/**
 * The same error, which the runtime of Lambda answers as ever: name, message, stack. It also logs what is thrown, as
 * JSON with its message and fields, which can hold what a customer sent. So as JSON the error is its name and its
 * frames.
 */
export function withoutMessageInLogs<Thrown>(error: Thrown): Thrown {
  if (error instanceof Error && Object.isExtensible(error)) {
    const logged = { errorType: error.name, stack: framesOf(error) };
    Object.defineProperty(error, 'toJSON', { value: () => logged, configurable: true });
  }
  return error;
}

/** The lines of a stack behind the message, which can have lines of its own. */
function framesOf({ message, stack = '' }: Error): string[] {
  const header = stack.indexOf(message);
  return header < 0
    ? []
    : stack
        .slice(header + message.length)
        .split('\n')
        .slice(1);
}
