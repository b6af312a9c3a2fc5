import type { OrderIssue } from '@coffee/domain';
import type { OrderField } from './order-fields.ts';
import { labelOf } from './order-fields.ts';

/** What is wrong, by the path of the field that shows it; an item of a list has its number in its path. */
export interface FieldErrors {
  readonly fields: Readonly<Record<string, string>>;
  /** What belongs to no field of the form. */
  readonly others: readonly string[];
}

export const noErrors: FieldErrors = { fields: {}, others: [] };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The rule without the wire name it begins with: the field has a label already. */
function textFor({ message, path }: OrderIssue, field: OrderField): string {
  const name = path.filter((part) => part !== 'order').join('.');
  const label = labelOf(field.path);
  return message.startsWith(`${name} `) ? `${label}${message.slice(name.length)}` : capital(message);
}

/** Puts issues at the fields they are about. Paths may begin at the order or, as the server's do, at the body. */
export function fieldErrors(issues: readonly OrderIssue[], fields: readonly OrderField[]): FieldErrors {
  const found: Record<string, string> = {};
  const others: string[] = [];
  for (const issue of issues) {
    const path = issue.path[0] === 'order' ? issue.path.slice(1) : issue.path;
    const whole = path.join('.');
    const inside = fields.filter(
      ({ path: own }) => whole === own || whole.startsWith(`${own}.`) || own.startsWith(`${whole}.`),
    );
    const [field] = whole === '' ? [] : inside;
    if (field === undefined) {
      others.push(capital(issue.message));
      continue;
    }
    const key = field.kind === 'list' && path.length > field.path.split('.').length ? whole : field.path;
    found[key] = [found[key], textFor(issue, field)].filter(Boolean).join('. ');
  }
  // What follows from a field that is wrong cannot be right, and is not the customer's to mend.
  for (const field of fields) if (field.kind === 'determined' && field.by in found) delete found[field.path];
  return { fields: found, others };
}

/** Whether an error stands at a field or at one of its items. */
export function hasError({ fields }: FieldErrors, path: string): boolean {
  return Object.keys(fields).some((key) => key === path || key.startsWith(`${path}.`));
}

/** The errors without those of a field: it is being mended. */
export function withoutField(errors: FieldErrors, path: string): FieldErrors {
  if (!hasError(errors, path)) return errors;
  const kept = Object.entries(errors.fields).filter(([key]) => key !== path && !key.startsWith(`${path}.`));
  return { ...errors, fields: Object.fromEntries(kept) };
}
