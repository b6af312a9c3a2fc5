import type { InvoiceKey } from '@coffee/domain';

/** The name of an invoice's object, like `2026/11/a0.json`. */
export function objectNameOf(key: Pick<InvoiceKey, 'objectKey'>): string {
  return `${key.objectKey}.json`;
}
