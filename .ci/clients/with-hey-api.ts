import { client } from './generated/hey-api/client.gen';
import type { Invoice as Written } from './generated/hey-api/index';
import { getExecution, getInvoice, getOrder, placeOrder } from './generated/hey-api/index';
import type { Invoice } from './walk.ts';
import { order, origin, walk } from './walk.ts';

client.setConfig({ baseUrl: origin });
export const written: Written extends Invoice ? true : false = true;

await walk('hey-api', {
  place: async (accountid) =>
    (await placeOrder({ body: { order: { ...order, accountid, eventtype: [...order.eventtype] } } })).data,
  state: async (orderid) => (await getExecution({ path: { orderid } })).data,
  read: async (accountid) => (await getOrder({ query: { accountid, vendorid: order.vendorid } })).data,
  link: async (objectKey) => (await getInvoice({ query: { objectKey } })).data,
});
