import type { Expression, Part, Reference, Step, Template } from './ast.ts';
import { describe } from './ast.ts';
import { callList, callMap, itemAt, keyOf } from './java-collection.ts';
import { JavaDouble } from './java-double.ts';
import { callString } from './java-string.ts';
import { operate, operateOne } from './operate.ts';
import { TemplateError } from './template-error.ts';
import type { Value, ValueMap } from './value.ts';
import { isTrue, JavaObject, textOf } from './value.ts';

/** Evaluates one template. Variables are global: `#set` inside `#foreach` is seen after it. */
export class Evaluation {
  readonly #given: ReadonlyMap<string, Value>;
  readonly #variables = new Map<string, Value>();
  #broken = false;

  constructor(given: ReadonlyMap<string, Value>) {
    this.#given = given;
  }

  /** The text of a template. */
  print(template: Template): string {
    let text = '';
    for (const part of template) {
      if (this.#broken) break;
      text += this.#printPart(part);
    }
    return text;
  }

  #printPart(part: Part): string {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'print':
        return this.#printReference(part.reference);
      case 'set':
        this.#set(part.target, this.#valueOf(part.value));
        return '';
      case 'if': {
        const taken = part.branches.find(({ condition }) => !condition || isTrue(this.#valueOf(condition)));
        return taken === undefined ? '' : this.print(taken.body);
      }
      case 'foreach':
        return this.#loop(part.variable, this.#valueOf(part.over), part.body);
      case 'break':
        this.#broken = true;
        return '';
    }
  }

  /** Velocity prints a reference without a value as it is written, API Gateway was seen to print nothing: refused. */
  #printReference(reference: Reference): string {
    const value = this.#valueOf(reference);
    if (value === null && reference.quiet) return '';
    if (value === null) {
      throw new TemplateError(
        `${describe(reference)} has no value; write $!${describe(reference).slice(1)}, or test it`,
      );
    }
    return textOf(value, describe(reference));
  }

  #loop(variable: string, over: Value, body: Template): string {
    const items = over instanceof Map ? [...over.values()] : (over ?? []);
    if (!Array.isArray(items)) throw new TemplateError(`#foreach over $${variable} needs a list or a map`);
    const before = ['foreach', 'velocityCount', variable].map((name) => [name, this.#variables.get(name)] as const);
    let text = '';
    for (const [index, item] of [...items].entries()) {
      const count = index + 1;
      this.#variables.set(
        'foreach',
        new Map<string, Value>(Object.entries({ index, count, hasNext: count < items.length })),
      );
      this.#variables.set('velocityCount', count);
      this.#variables.set(variable, item);
      text += this.print(body);
      if (this.#broken) break;
    }
    this.#broken = false;
    for (const [name, value] of before) {
      if (value === undefined) this.#variables.delete(name);
      else this.#variables.set(name, value);
    }
    return text;
  }

  /** Velocity 1.7 leaves the old value when the new one is null. */
  #set(target: Reference, value: Value): void {
    if (value === null) return;
    const last = target.path.at(-1);
    if (last === undefined) {
      if (this.#given.has(target.name)) throw new TemplateError(`$${target.name} cannot be replaced`);
      this.#variables.set(target.name, value);
      return;
    }
    if (last.kind === 'method') throw new TemplateError(`${describe(target)} cannot be set`);
    const owner = this.#valueOf({ ...target, path: target.path.slice(0, -1) });
    const name = last.kind === 'property' ? last.name : keyOf(this.#valueOf(last.at));
    if (owner instanceof JavaObject) owner.set(name, value);
    else if (owner instanceof Map) owner.set(name, value);
    else throw new TemplateError(`${describe(target)} cannot be set`);
  }

  #valueOf(expression: Expression): Value {
    switch (expression.kind) {
      case 'reference':
        return this.#follow(expression);
      case 'literal':
        return expression.value;
      case 'decimal':
        return new JavaDouble(expression.value);
      case 'interpolated':
        return this.print(expression.template);
      case 'list':
        return expression.items.map((item) => this.#valueOf(item));
      case 'map':
        return new Map(expression.entries.map(([key, item]) => [key, this.#valueOf(item)] as const));
      case 'operation':
        return this.#operate(expression.operator, expression.operands);
    }
  }

  #operate(operator: string, [left, right]: readonly Expression[]): Value {
    if (left === undefined) throw new TemplateError(`${operator} without operands`);
    if (right === undefined) return operateOne(operator, this.#valueOf(left));
    if (operator === '&&') return isTrue(this.#valueOf(left)) && isTrue(this.#valueOf(right));
    if (operator === '||') return isTrue(this.#valueOf(left)) || isTrue(this.#valueOf(right));
    return operate(operator, this.#valueOf(left), this.#valueOf(right));
  }

  /** A step from null is null: Velocity gives the whole reference no value. */
  #follow(reference: Reference): Value {
    let value = this.#given.get(reference.name) ?? this.#variables.get(reference.name) ?? null;
    for (const step of reference.path) {
      if (value === null) return null;
      try {
        value = this.#step(value, step);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        throw new TemplateError(`${describe(reference)}: ${error.message}`, { cause: error });
      }
    }
    return value;
  }

  #step(value: Exclude<Value, null>, step: Step): Value {
    if (step.kind === 'index') {
      const at = this.#valueOf(step.at);
      if (Array.isArray(value)) return itemAt(value, at);
      return property(value, keyOf(at));
    }
    if (step.kind === 'property') return property(value, step.name);
    const args = step.args.map((arg) => this.#valueOf(arg));
    if (typeof value === 'string') return callString(value, step.name, args);
    if (Array.isArray(value)) return callList(value, step.name, args);
    if (value instanceof Map) return callMap(value, step.name, args);
    if (value instanceof JavaObject) return value.call(step.name, args);
    if (step.name === 'toString' && args.length === 0) return textOf(value, 'a value');
    throw new TemplateError(`${step.name}() of a ${typeof value} is not modelled`);
  }
}

function property(value: Exclude<Value, null>, name: string): Value {
  if (value instanceof JavaObject) return value.get(name);
  if (value instanceof Map && name !== 'class') return (value as ValueMap).get(name) ?? null;
  throw new TemplateError(`the property ${name} is not modelled; use a method`);
}
