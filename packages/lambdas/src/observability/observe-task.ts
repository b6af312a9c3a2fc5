import type { Context } from 'aws-lambda';
import { observe } from './observe.ts';

/** Observes a task of the workflow, whose events carry their order id. */
export function observeTask<Event extends { readonly orderid: string }, Answer>(
  name: string,
  metric: string,
  handle: (event: Event) => Promise<Answer>,
): (event: Event, context: Context) => Promise<Answer> {
  return observe({ name, metric, orderidOf: (event: Event | null | undefined) => event?.orderid }, handle);
}
