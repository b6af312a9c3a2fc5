interface Cause {
  readonly cause?: unknown;
}

/**
 * The backend cannot be reached, did not answer in time, or refused for now: retrying helps. The effect may or may not have
 * happened, unless `withoutEffect` is true.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  /** True if the call certainly had no effect: there was no connection, or the backend refused it. */
  readonly withoutEffect: boolean;

  /** `cause` is the vendor's own error; `withoutEffect` defaults to false. */
  constructor(message: string, options: Cause & { readonly withoutEffect?: boolean } = {}) {
    super(message, options);
    this.withoutEffect = options.withoutEffect ?? false;
  }
}

/** The provider refuses a message for good: it was not sent, and retrying does not help. */
export class NotificationRefused extends Error {
  override readonly name = 'NotificationRefused';

  /** @param message Holds the provider's own words. */
  constructor(message: string, options?: Cause) {
    super(message, options);
  }
}

/** The same id already exists with different content: retrying does not help, and nothing was changed. */
export class Conflict extends Error {
  override readonly name = 'Conflict';

  /** `cause` is the vendor's or the domain's own error. */
  constructor(message: string, options?: Cause) {
    super(message, options);
  }
}

/**
 * The token does not say who is calling: it is expired, foreign, forged or claims too little. Another token may. The message
 * holds nothing of the token, and there is no cause, since a library's error may quote what the token claims.
 */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** A stored item cannot be read: retrying does not help, someone has to look. The message names item and field. */
export class Damaged extends Error {
  override readonly name = 'Damaged';

  /** `cause` is the parser's own error. */
  constructor(message: string, options?: Cause) {
    super(message, options);
  }
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** Recognizes `Unavailable` by name, so that two copies of this package agree. */
export function isUnavailable(error: unknown): error is Unavailable {
  return isNamed(error, 'Unavailable');
}

/** Recognizes `Conflict` by name, so that two copies of this package agree. */
export function isConflict(error: unknown): error is Conflict {
  return isNamed(error, 'Conflict');
}

/** Recognizes `Unauthenticated` by name, so that two copies of this package agree. */
export function isUnauthenticated(error: unknown): error is Unauthenticated {
  return isNamed(error, 'Unauthenticated');
}

/** Recognizes `Damaged` by name, so that two copies of this package agree. */
export function isDamaged(error: unknown): error is Damaged {
  return isNamed(error, 'Damaged');
}

/**
 * Parses a stored item. For adapters, which never cast what they read.
 *
 * @param item Its name in the message: `order o1`, `invoice 2026/11/a0`.
 * @throws Damaged when the parser throws.
 */
export function readBack<T>(item: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Damaged(`${item} is damaged: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
