import type { Order, Principal } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import { isUnavailable } from '@coffee/ports';

/** An order of November 2026, two small lattes for 7.00. */
export const orderOf = (changes: Partial<Order> = {}): Order => ({ ...exampleOrder, ...changes });

/** The customer of {@link orderOf}. */
export const customer: Principal = { kind: 'customer', accountid: 'a0' };

/** Retries while the call is `Unavailable`, as the state machine does; rethrows any other error. */
export async function untilDone<T>(call: () => Promise<T>, attempts = 20): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isUnavailable(error) || attempt === attempts) throw error;
    }
  }
}
