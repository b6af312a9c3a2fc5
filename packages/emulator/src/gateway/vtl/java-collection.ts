import { TemplateError } from './template-error.ts';
import type { Value, ValueMap } from './value.ts';

/**
 * Calls a method of a list.
 *
 * @throws TemplateError for a method that is not modelled, and for an index outside the list.
 */
export function callList(list: Value[], method: string, args: readonly Value[]): Value {
  const [first = null] = args;
  switch (`${method}/${args.length}`) {
    case 'add/1':
      list.push(first);
      return true;
    case 'contains/1':
      return list.includes(first);
    case 'get/1':
      return itemAt(list, first);
    case 'isEmpty/0':
      return list.length === 0;
    case 'size/0':
      return list.length;
    default:
      throw new TemplateError(`List.${method}() with ${args.length} arguments is not modelled`);
  }
}

/** The item of a list by its index. */
export function itemAt(list: readonly Value[], index: Value): Value {
  if (typeof index !== 'number') throw new TemplateError('the index of a list must be a whole number');
  const item = list[index];
  if (item === undefined) throw new TemplateError(`IndexOutOfBounds: ${index} of ${list.length} items`);
  return item;
}

/**
 * Calls a method of a map.
 *
 * @throws TemplateError for a method that is not modelled.
 */
export function callMap(map: ValueMap, method: string, args: readonly Value[]): Value {
  const [first = null, second = null] = args;
  switch (`${method}/${args.length}`) {
    case 'containsKey/1':
      return map.has(keyOf(first));
    case 'entrySet/0':
      return [...map].map(([key, value]) => new Map<string, Value>([...Object.entries({ key, value })]));
    case 'get/1':
      return map.get(keyOf(first)) ?? null;
    case 'isEmpty/0':
      return map.size === 0;
    case 'keySet/0':
      return [...map.keys()];
    case 'put/2': {
      const before = map.get(keyOf(first)) ?? null;
      map.set(keyOf(first), second);
      return before;
    }
    case 'size/0':
      return map.size;
    case 'values/0':
      return [...map.values()];
    default:
      throw new TemplateError(`Map.${method}() with ${args.length} arguments is not modelled`);
  }
}

/** The key of a map. */
export function keyOf(value: Value): string {
  if (typeof value !== 'string') throw new TemplateError('the key of a map must be a string');
  return value;
}
