import createClient from 'openapi-fetch';
import type { components, paths } from './generated/openapi-typescript.ts';
import type { Invoice } from './walk.ts';
import { order, origin, walk } from './walk.ts';

const client = createClient<paths>({ baseUrl: origin });
const written: components['schemas']['Invoice'] extends Invoice ? true : false = true;

await walk('openapi-typescript', {
  place: async (accountid) => {
    const body = { order: { ...order, accountid, eventtype: [...order.eventtype] } };
    return (await client.POST('/prod/order', { params: {}, body })).data;
  },
  state: async (orderid) => (await client.GET('/prod/order/{orderid}', { params: { path: { orderid } } })).data,
  read: async (accountid) => {
    const query = { accountid, vendorid: order.vendorid };
    return (await client.GET('/prod/order', { params: { query } })).data;
  },
  link: async (objectKey) => (await client.GET('/prod/invoice', { params: { query: { objectKey } } })).data,
});

export { written };
