export const paths = {
  placeOrder: '/',
  executions: '/console/executions',
  execution: (orderid: string) => `/console/executions/${encodeURIComponent(orderid)}`,
  orders: '/console/orders',
  order: (accountid: string, vendorid: string) =>
    `/console/orders/${encodeURIComponent(accountid)}/${encodeURIComponent(vendorid)}`,
  invoices: '/console/invoices',
  /** An invoice by its object key, `year/month/accountid`. */
  invoice: (objectKey: string) => `/console/invoices/${objectKey.split('/').map(encodeURIComponent).join('/')}`,
  mailbox: '/console/mailbox',
  mail: (orderid: string) => `/console/mailbox/${encodeURIComponent(orderid)}`,
  faults: '/console/faults',
} as const;
