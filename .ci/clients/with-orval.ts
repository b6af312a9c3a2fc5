import type { Invoice as Written } from './generated/orval/api';
import { getExecution, getInvoice, getOrder, placeOrder } from './generated/orval/api';
import type { Invoice } from './walk.ts';
import { order, walk } from './walk.ts';

export const written: Written extends Invoice ? true : false = true;

await walk('orval', {
  place: async (accountid) => {
    const answer = await placeOrder({ order: { ...order, accountid, eventtype: [...order.eventtype] } });
    return answer.status === 202 ? answer.data : undefined;
  },
  state: async (orderid) => {
    const answer = await getExecution(orderid);
    return answer.status === 200 ? answer.data : undefined;
  },
  read: async (accountid) => {
    const answer = await getOrder({ accountid, vendorid: order.vendorid });
    return answer.status === 200 ? answer.data : undefined;
  },
  link: async (objectKey) => {
    const answer = await getInvoice({ objectKey });
    return answer.status === 200 ? answer.data : undefined;
  },
});
