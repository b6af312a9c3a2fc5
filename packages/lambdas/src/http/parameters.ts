import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { respondProblem } from './respond.ts';

interface ParameterIssue {
  readonly path: readonly [string];
  readonly code: 'required' | 'repeated' | 'wrong_format';
  readonly message: string;
}

/** A query parameter that stands once and fits its rule, or why it does not. */
export type Parameter =
  | { readonly success: true; readonly value: string }
  | { readonly success: false; readonly issue: ParameterIssue };

/** Reads a query parameter that must stand exactly once. */
export function onlyParameter(
  event: APIGatewayProxyEvent,
  name: string,
  rule?: { readonly isValid: (value: string) => boolean; readonly text: string },
): Parameter {
  const single = event.queryStringParameters?.[name];
  const values = event.multiValueQueryStringParameters?.[name] ?? (single === undefined ? [] : [single]);
  const refuse = (code: ParameterIssue['code'], message: string): Parameter => ({
    success: false,
    issue: { path: [name], code, message },
  });
  const [value, ...others] = values;
  if (value === undefined) return refuse('required', `${name} is required`);
  if (others.length > 0) return refuse('repeated', `${name} must stand once`);
  if (rule !== undefined && !rule.isValid(value)) return refuse('wrong_format', `${name} ${rule.text}`);
  return { success: true, value };
}

/** Answers 400 with the issues of the parameters that have one. */
export function refuseParameters(...parameters: readonly Parameter[]): APIGatewayProxyResult {
  const issues = parameters.flatMap((parameter) => (parameter.success ? [] : [parameter.issue]));
  const detail = issues.map((issue) => issue.message).join('; ');
  return respondProblem(400, 'ParameterRejected', detail, { extra: { issues } });
}
