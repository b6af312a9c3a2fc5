import type { OrderPosition } from '@coffee/ports';
import type { QueryRule } from './read-query.ts';

const shape = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)~([0-9A-Za-z_-]{1,80})$/;

/** The position of an order as the `next` of a page. */
export const writeOrderPosition = ({ acceptedAt, orderid }: OrderPosition): string => `${acceptedAt}~${orderid}`;

/** Where a page of orders goes on. */
export const beforeOrder: QueryRule<OrderPosition> = {
  read: (text) => {
    const [, acceptedAt, orderid] = shape.exec(text) ?? [];
    return acceptedAt === undefined || orderid === undefined ? undefined : { acceptedAt, orderid };
  },
  rule: 'must be the "next" of an earlier page',
};
