import { describe, expect, it } from 'vitest';
import { invoiceBytes, invoiceLineBytes, itemBytes, notificationItemBytes, orderItemBytes } from './typical-order.ts';

describe('the typical order', () => {
  it('is counted as DynamoDB counts', () => {
    expect(itemBytes({ a: 'bc', ü: '€' })).toBe(1 + 2 + 2 + 3);
    expect(itemBytes({ n: 1795512600123 })).toBe(1 + 8);
    expect(itemBytes({ l: ['x', 'yz'] })).toBe(1 + 3 + (1 + 1) + (1 + 2));
    expect(itemBytes({ m: { k: 'v' }, gone: undefined })).toBe(1 + 3 + (1 + 1 + 1));
  });

  it('is one unit to write and to read, and so is its notification', () => {
    expect(orderItemBytes).toBeLessThan(1024);
    expect(notificationItemBytes).toBeLessThan(1024);
  });

  it('adds as many bytes to an invoice as its line has', () => {
    expect(invoiceBytes(0)).toBeLessThan(invoiceLineBytes);
    expect(invoiceBytes(11) - invoiceBytes(10)).toBe(invoiceLineBytes);
  });
});
