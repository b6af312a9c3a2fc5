import type { ApiMethod } from './api.ts';
import { bodyValidator } from './body-validator.ts';
import { GatewayError } from './gateway-error.ts';
import type { RequestParameters } from './vtl/input-object.ts';

/** What is checked before the back end is called. */
export type RequestValidator = (parameters: RequestParameters, contentType: string, body: string) => void;

/**
 * Makes the request validator of a method: parameters first, then the body by the model of its content type. A content
 * type without a model is not checked.
 */
export function requestValidator(method: ApiMethod): RequestValidator {
  const validators = new Map(
    method.validateBody
      ? Object.entries(method.models).map(([contentType, schema]) => [contentType, bodyValidator(schema)] as const)
      : [],
  );
  const required = method.validateParameters ? [...method.requiredParameters].sort() : [];
  return (parameters, contentType, body) => {
    const missing = required.filter((parameter) => isBlank(parameters, parameter));
    if (missing.length > 0) {
      const names = missing.map((parameter) => parameter.split('.').slice(3).join('.')).join(', ');
      const message = `Missing required request parameters: [${names}]`;
      throw new GatewayError('BAD_REQUEST_PARAMETERS', { message, validationError: message });
    }
    const validate = validators.get(contentType) ?? validators.get('$default');
    const validationError = validate?.(body);
    if (validationError !== undefined) throw new GatewayError('BAD_REQUEST_BODY', { validationError });
  };
}

function isBlank(parameters: RequestParameters, parameter: string): boolean {
  const [, , place = '', ...name] = parameter.split('.');
  if (place !== 'path' && place !== 'querystring' && place !== 'header') {
    throw new Error(`the required parameter ${parameter} is not understood`);
  }
  const values = parameters[place];
  const key = name.join('.');
  return !Object.hasOwn(values, key) || values[key]?.trim() === '';
}
