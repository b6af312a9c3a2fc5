/** The media type of RFC 9457. */
export const problemMediaType = 'application/problem+json';

/** A problem as API Gateway fills it in; `detail` may hold a `$context` variable. */
export function problemTemplate(status: number, title: string, code: string, detail: string): string {
  return JSON.stringify({ type: 'about:blank', title, status, detail, code });
}

/** Headers of every answer, as API Gateway wants static values: in apostrophes. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': "'*'",
  'Access-Control-Expose-Headers': "'Location,Retry-After'",
  'Cache-Control': "'no-store'",
};
