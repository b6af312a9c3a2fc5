import type { ErrorObject, ValidateFunction } from 'ajv-draft-04';
import Ajv from 'ajv-draft-04';

/**
 * Makes the check of a body against a model. It returns what is wrong in the words of
 * `$context.error.validationErrorString`, or nothing. Patterns follow ECMAScript without the flag `u`, as in the validator
 * behind API Gateway.
 *
 * @throws for a schema that is not JSON Schema draft 4, or has keywords or formats that ajv does not check.
 */
export function bodyValidator(schema: unknown): (body: string) => string | undefined {
  const ajv = new Ajv.default({
    allErrors: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    unicodeRegExp: false,
    verbose: true,
  });
  const validate: ValidateFunction = ajv.compile(schema as object);
  return (body) => {
    let value: unknown;
    try {
      value = JSON.parse(body === '' ? '{}' : body);
    } catch {
      return '[the request body is not JSON]'; // API Gateway's own message is not known
    }
    return validate(value) ? undefined : describe(validate.errors ?? []);
  };
}

/** The messages of API Gateway's validator as far as they are known, those of ajv otherwise. */
function describe(errors: readonly ErrorObject[]): string {
  const missing = new Map<string, string[]>();
  const refused = new Map<string, string[]>();
  const others: string[] = [];
  for (const { keyword, instancePath, params, data, schema, message } of errors) {
    const add = (group: Map<string, string[]>, name: string) =>
      group.set(instancePath, [...(group.get(instancePath) ?? []), name]);
    if (keyword === 'required') add(missing, params.missingProperty);
    else if (keyword === 'additionalProperties') add(refused, params.additionalProperty);
    else others.push(describeValue(keyword, data, schema) ?? `${instancePath} ${message ?? keyword}`.trim());
  }
  const list = (names: readonly string[]) => JSON.stringify([...names].sort());
  return `[${[
    ...[...missing.values()].map((names) => `object has missing required properties (${list(names)})`),
    ...[...refused.values()].map(
      (names) => `object instance has properties which are not allowed by the schema: ${list(names)}`,
    ),
    ...others,
  ].join(', ')}]`;
}

function describeValue(keyword: string, data: unknown, schema: unknown): string | undefined {
  switch (keyword) {
    case 'enum':
      return `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(schema)})`;
    case 'pattern':
      return `ECMA 262 regex ${JSON.stringify(schema)} does not match input string ${JSON.stringify(data)}`;
    case 'type':
      return `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${JSON.stringify([schema].flat())})`;
    default:
      return undefined;
  }
}

function typeOf(data: unknown): string {
  if (data === null) return 'null';
  if (Array.isArray(data)) return 'array';
  return Number.isInteger(data) ? 'integer' : typeof data;
}
