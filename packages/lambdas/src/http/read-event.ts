import type { QueryRule } from '@coffee/api';
import { readQuery } from '@coffee/api';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Reads the query parameters of an event, each of which must be given exactly once; others are ignored. */
export function readEvent<const Rules extends Readonly<Record<string, QueryRule<string>>>>(
  event: APIGatewayProxyEvent,
  rules: Rules,
) {
  const single = Object.entries(event.queryStringParameters ?? {}).map(
    ([name, value]) => [name, value === undefined ? undefined : [value]] as const,
  );
  return readQuery({ ...Object.fromEntries(single), ...event.multiValueQueryStringParameters }, rules, {
    others: 'ignore',
  });
}
