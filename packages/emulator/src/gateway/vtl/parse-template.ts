import { parse } from 'velocityjs';
import type { Branch, Expression, Part, Reference, Step, Template } from './ast.ts';
import { TemplateError } from './template-error.ts';

/** What velocityjs makes of a template, as far as it is read here. A block is a list that begins with its directive. */
type Parsed = string | ParsedNode | Parsed[];

interface ParsedNode {
  readonly type: string;
  readonly id?: unknown;
  readonly value?: unknown;
  readonly leader?: string;
  readonly args?: unknown;
  readonly path?: unknown;
  readonly isEval?: boolean;
  readonly isRange?: boolean;
  readonly equal?: [ParsedNode, ParsedNode];
  readonly condition?: ParsedNode;
  readonly from?: ParsedNode;
  readonly to?: string;
  readonly operator?: string;
  readonly expression?: ParsedNode[];
}

/**
 * Parses a mapping template with velocityjs.
 *
 * @throws TemplateError for everything that velocityjs reads otherwise than Velocity 1.7, so that nothing is misread in
 * silence: escaped `\$` and `\#`, `#{if}`, a directive left as text, `\"` inside a string, `3-1`, an `#end` too many.
 */
export function parseTemplate(source: string): Template {
  refuseMisread(source);
  let parsed: Parsed[];
  try {
    parsed = parse(source) as unknown as Parsed[];
  } catch (error) {
    throw new TemplateError(`the template cannot be parsed: ${source}`, { cause: error });
  }
  return toTemplate(parsed);
}

function refuseMisread(source: string): void {
  const code = source.replace(/#\*[\s\S]*?\*#|##[^\n]*/g, '');
  const [odd] = /\\[$#]|#\{|#\[\[|#@/.exec(code) ?? [];
  if (odd !== undefined) throw new TemplateError(`${odd} in a template is not modelled`);
  for (const [rest] of code.matchAll(/#(?:set|if|elseif)\s*\(.*$/gm)) {
    if (/[\d)\]]\s*-\d/.test(rest.replace(/"[^"]*"|'[^']*'/g, ''))) {
      throw new TemplateError(`Velocity reads -1 as a number: write a space after the minus in ${rest}`);
    }
  }
  const opened = code.match(/#(?:if|foreach)\b/g)?.length ?? 0;
  const closed = code.match(/#end\b/g)?.length ?? 0;
  if (opened !== closed) throw new TemplateError(`the template has ${opened} #if and #foreach, and ${closed} #end`);
}

function toTemplate(parsed: readonly Parsed[]): Template {
  const parts: Part[] = [];
  for (const item of parsed) {
    const last = parts.at(-1);
    if (last?.kind === 'text' && isSet(item)) {
      parts[parts.length - 1] = { kind: 'text', text: last.text.replace(/[ \t]+$/, '') }; // Velocity's #set takes them
    }
    if (typeof item === 'string' && last?.kind === 'text') {
      parts[parts.length - 1] = { kind: 'text', text: last.text + item };
    } else if (typeof item === 'string') parts.push({ kind: 'text', text: item });
    else if (Array.isArray(item)) parts.push(toBlock(item));
    else if (item.type !== 'comment') parts.push(toPart(item));
  }
  for (const part of parts) {
    if (part.kind === 'text') refuseDirective(part.text);
  }
  return parts;
}

const isSet = (item: Parsed): boolean => typeof item === 'object' && !Array.isArray(item) && item.type === 'set';

function refuseDirective(text: string): void {
  const word = /#(?:set|if|elseif|else|end|foreach|break|stop|include|parse|evaluate|macro|define)\b/.exec(text)?.[0];
  if (word !== undefined) throw new TemplateError(`${word} is left as text`);
}

function toPart(node: ParsedNode): Part {
  if (node.type === 'references') return { kind: 'print', reference: toReference(node) };
  if (node.type === 'break') return { kind: 'break' };
  if (node.type === 'set' && node.equal !== undefined) {
    return { kind: 'set', target: toReference(node.equal[0]), value: toExpression(node.equal[1]) };
  }
  throw new TemplateError(`#${node.type} ${String(node.id ?? '')} is not modelled`);
}

function toBlock([head, ...content]: readonly Parsed[]): Part {
  if (typeof head !== 'object' || Array.isArray(head)) throw new TemplateError('a block without a directive');
  if (head.type === 'foreach' && head.from !== undefined && head.to !== undefined) {
    return { kind: 'foreach', variable: head.to, over: toExpression(head.from), body: toTemplate(content) };
  }
  if (head.type === 'if') return { kind: 'if', branches: toBranches(head, content) };
  throw new TemplateError(`#${head.type} is not modelled`);
}

function toBranches(head: ParsedNode, content: readonly Parsed[]): Branch[] {
  const branches: Branch[] = [];
  let condition = head.condition;
  let body: Parsed[] = [];
  const close = () => {
    branches.push({
      ...(condition === undefined ? {} : { condition: toExpression(condition) }),
      body: toTemplate(body),
    });
    body = [];
  };
  for (const item of content) {
    const type = typeof item === 'string' || Array.isArray(item) ? '' : item.type;
    if (type !== 'elseif' && type !== 'else') {
      body.push(item);
      continue;
    }
    if (condition === undefined) throw new TemplateError('a branch follows #else');
    close();
    condition = (item as ParsedNode).condition;
  }
  close();
  return branches;
}

function toReference(node: ParsedNode): Reference {
  if (typeof node.id !== 'string' || node.type !== 'references') throw new TemplateError('a reference is expected');
  if (node.args !== undefined) throw new TemplateError(`$${node.id}(…) is not modelled`);
  const path = (node.path ?? []) as ParsedNode[];
  return { kind: 'reference', name: node.id, quiet: node.leader === '$!', path: path.map(toStep) };
}

function toStep({ type, id, args }: ParsedNode): Step {
  if (type === 'index') return { kind: 'index', at: toExpression(id as ParsedNode) };
  if (typeof id === 'string' && type === 'property') return { kind: 'property', name: id };
  if (typeof id === 'string' && type === 'method') {
    const list = Array.isArray(args) ? (args as ParsedNode[]) : [];
    return { kind: 'method', name: id, args: list.map(toExpression) };
  }
  throw new TemplateError(`the step ${type} of a reference is not modelled`);
}

function toExpression(node: ParsedNode): Expression {
  const { type, value } = node;
  if (type === 'references') return toReference(node);
  if (type === 'string') return toStringLiteral(String(value), node.isEval === true);
  if (type === 'integer') return { kind: 'literal', value: Number(value) };
  if (type === 'decimal') return { kind: 'decimal', value: Number(value) };
  if (type === 'bool' && value !== 'null') return { kind: 'literal', value: value === 'true' };
  if (type === 'array' && node.isRange !== true) {
    return { kind: 'list', items: ((value ?? []) as ParsedNode[]).map(toExpression) };
  }
  if (type === 'map') {
    const entries = Object.entries((value ?? {}) as Record<string, ParsedNode>);
    return { kind: 'map', entries: entries.map(([key, item]) => [key, toExpression(item)] as const) };
  }
  if (type === 'math' && node.operator !== undefined) {
    return { kind: 'operation', operator: node.operator, operands: (node.expression ?? []).map(toExpression) };
  }
  throw new TemplateError(`${type} ${String(value ?? '')} is not modelled`);
}

/** Velocity ends a string at its quote, a backslash before it or not; velocityjs goes on, and drops the backslash. */
function toStringLiteral(text: string, interpolated: boolean): Expression {
  const quote = interpolated ? '"' : "'";
  if (text.includes(quote)) throw new TemplateError(`a backslash does not escape ${quote} inside a string: ${text}`);
  if (!interpolated) return { kind: 'literal', value: text };
  if (text.includes('\\u')) throw new TemplateError(`\\u in a string is not modelled: ${text}`);
  return { kind: 'interpolated', template: parseTemplate(text) };
}
