/** The backend cannot be reached or did not answer in time: the effect may or may not have happened, and retrying helps. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';

  /** `cause` is the vendor's own error. */
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}

/** The same id is already there with other content: retrying does not help, and nothing was changed. */
export class Conflict extends Error {
  override readonly name = 'Conflict';

  /** `cause` is the vendor's or the domain's own error. */
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}

/** Tells `Unavailable` by its name, so that two copies of this package agree. */
export function isUnavailable(error: unknown): error is Unavailable {
  return error instanceof Error && error.name === 'Unavailable';
}

/** Tells `Conflict` by its name, so that two copies of this package agree. */
export function isConflict(error: unknown): error is Conflict {
  return error instanceof Error && error.name === 'Conflict';
}
