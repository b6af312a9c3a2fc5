/** Tells an error of the SDK by its name. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Tells an error of the SDK by the HTTP status it was answered with: conditional writes have no error class of their own. */
export function hasStatus(error: unknown, status: number): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return error instanceof Error && $metadata?.httpStatusCode === status;
}
