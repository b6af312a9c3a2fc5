import type { ExecutionState } from '../client/answers.ts';
import type { Failure } from '../failures/failure.ts';

/** An order to be placed, one of many: or why there is none. */
export interface Job {
  /** Where it comes from, for people, like `orders.jsonl:3`. */
  readonly label: string;
  /** The same for a script. */
  readonly origin: { readonly line: number } | { readonly number: number };
  readonly order?: unknown;
  readonly failure?: Failure;
}

/** What became of one of many orders. `placed` means that nobody waited for its execution. */
export type Outcome =
  | { readonly kind: 'placed'; readonly orderid: string }
  | { readonly kind: 'ended'; readonly orderid: string; readonly state: ExecutionState }
  | { readonly kind: 'refused'; readonly orderid?: string; readonly failure: Failure };
