import type { ApiMethod, ApiResource } from './api.ts';

/** The method that serves a request. */
export interface Route {
  readonly resource: ApiResource;
  readonly method: ApiMethod;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds the method for a path without its stage. A plain segment goes before `{name}`, and that before `{name+}`; where
 * the nearest resource does not have the method, only a resource with `{name+}` is looked at.
 */
export function findRoute(resources: readonly ApiResource[], httpMethod: string, path: string): Route | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const matches = resources
    .map((resource) => ({ resource, match: matchPath(resource.path, segments) }))
    .filter((candidate) => candidate.match !== undefined)
    .sort((a, b) => (a.match?.rank ?? '').localeCompare(b.match?.rank ?? ''));
  for (const [index, { resource, match }] of matches.entries()) {
    const method = resource.methods[httpMethod] ?? resource.methods.ANY;
    const considered = index === 0 || resource.path.endsWith('+}');
    if (method !== undefined && match !== undefined && considered) {
      return { resource, method, pathParameters: match.parameters };
    }
  }
  return undefined;
}

interface Match {
  /** Sorts by nearness: a digit a segment. */
  readonly rank: string;
  readonly parameters: Record<string, string>;
}

function matchPath(pattern: string, segments: readonly string[]): Match | undefined {
  const expected = pattern.split('/').filter((segment) => segment !== '');
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [index, part] of expected.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
    const segment = segments[index];
    if (segment === undefined || (name === undefined && segment !== part)) return undefined;
    if (name !== undefined && greedy === '+') {
      parameters[name] = segments.slice(index).map(decode).join('/');
      return { rank: `${rank}2`, parameters };
    }
    if (name !== undefined) parameters[name] = decode(segment);
    rank += name === undefined ? '0' : '1';
  }
  return expected.length === segments.length ? { rank, parameters } : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // not percent-encoded UTF-8: it is taken as it is
  }
}
