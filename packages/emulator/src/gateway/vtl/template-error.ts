/**
 * A mapping template that API Gateway would refuse, or whose result is not known from its documentation.
 *
 * The gateway answers it with 500, as API Gateway does, and reports it.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
