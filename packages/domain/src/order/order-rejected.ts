/** Why one place of an order is refused. Callers switch on `code`; the message is for people. */
export type OrderIssueCode =
  | 'required'
  | 'unknown_key'
  | 'wrong_type'
  | 'wrong_format'
  | 'not_a_date'
  | 'not_on_menu'
  | 'wrong_price'
  | 'out_of_range';

/** One broken rule: where, which, and a sentence that names the field and the rule. Never holds the refused value. */
export interface OrderIssue {
  readonly path: readonly (string | number)[];
  readonly code: OrderIssueCode;
  readonly message: string;
}

/** An order that breaks the rules, with every issue at once. Its `name` is what the state machine catches. */
export class OrderRejected extends Error {
  override readonly name = 'OrderRejected';
  readonly code = 'OrderRejected';
  readonly issues: readonly OrderIssue[];

  constructor(issues: readonly OrderIssue[]) {
    super(issues.map((issue) => issue.message).join('; '));
    this.issues = issues;
  }
}
