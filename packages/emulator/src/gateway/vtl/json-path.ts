import { JSONPath } from 'jsonpath-plus';
import { TemplateError } from './template-error.ts';
import type { Value } from './value.ts';

/**
 * What a definite JSONPath leads to, or `undefined` when nothing is there.
 *
 * @throws TemplateError for an indefinite path (wildcards, filters, slices, `..`), which is not modelled.
 */
export function followPath(root: Value, path: string): Value | undefined {
  if (!/^\$(?:[.[]|$)/.test(path)) throw new TemplateError(`the JSONPath ${path} must begin with $`);
  const [, ...steps] = JSONPath.toPathArray(path);
  let value: Value | undefined = root;
  for (const step of steps) {
    if (/^(?:\*|\.\.|~|\^|@.*|\??\(.*|.*\(\)|.*[:,].*|-\d+)$/.test(step)) {
      throw new TemplateError(`${step} in the JSONPath ${path} is not modelled`);
    }
    if (Array.isArray(value)) value = /^\d+$/.test(step) ? value[Number(step)] : undefined;
    else if (value instanceof Map) value = value.get(step);
    else return undefined;
  }
  return value;
}
