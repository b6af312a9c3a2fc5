import type { Order } from '@coffee/domain';

/** The input of an execution as it is shown, with its body as JSON where it is JSON, and the order in it. */
export function readInput(input: unknown): { readonly shown: unknown; readonly order: Order | undefined } {
  const { body, order } = Object(input) as { readonly body?: unknown; readonly order?: Order };
  if (typeof body !== 'string') return { shown: input, order }; // an earlier version started it, or it was forgotten
  try {
    const sent = JSON.parse(body) as { readonly order?: Order } | null;
    return { shown: { ...Object(input), body: sent }, order: sent?.order };
  } catch {
    return { shown: input, order: undefined };
  }
}
