import { JavaDouble } from './java-double.ts';
import { TemplateError } from './template-error.ts';
import type { Value } from './value.ts';
import { isTrue, textOf } from './value.ts';

/**
 * Applies an operator as Velocity 1.7 does. `&&` and `||` are not here: they do not evaluate both sides.
 *
 * @throws TemplateError where Velocity logs an error and goes on with no value.
 */
export function operate(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return amount(left) < amount(right);
    case '<=':
      return amount(left) <= amount(right);
    case '>':
      return amount(left) > amount(right);
    case '>=':
      return amount(left) >= amount(right);
    case '+':
      if (typeof left === 'string' || typeof right === 'string') {
        return textOf(left, 'the left of +') + textOf(right, 'the right of +');
      }
      return whole(integer(left) + integer(right));
    case '-':
      return whole(integer(left) - integer(right));
    case '*':
      return whole(integer(left) * integer(right));
    case '/':
      return whole(Math.trunc(integer(left) / integer(right)) + 0);
    case '%':
      return whole((integer(left) % integer(right)) + 0);
    default:
      throw new TemplateError(`the operator ${operator} is not modelled`);
  }
}

/** Applies an operator that has one operand. */
export function operateOne(operator: string, operand: Value): Value {
  if (operator === 'parenthesis') return operand;
  if (operator === 'not') return !isTrue(operand);
  if (operator === 'minus') return whole(0 - integer(operand));
  throw new TemplateError(`the operator ${operator} is not modelled`);
}

/** Numbers by their amount, equal classes by `equals`, other classes by their texts; `null` equals `null` only. */
function isEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  if (isNumber(left) && isNumber(right)) return amount(left) === amount(right);
  return textOf(left, 'the left of ==') === textOf(right, 'the right of ==');
}

const isNumber = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof JavaDouble;

function amount(value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof JavaDouble) return value.value;
  throw new TemplateError('a number is expected, that a double can hold');
}

function integer(value: Value): number {
  if (typeof value !== 'number') throw new TemplateError('arithmetic is modelled for whole numbers only');
  return value;
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TemplateError('the result is not a whole number that Java would keep');
  return value;
}
