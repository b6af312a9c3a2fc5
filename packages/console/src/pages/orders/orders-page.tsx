import { Button, SpaceBetween } from '@cloudscape-design/components';
import type { PlacedOrder } from '@coffee/domain';
import { useState } from 'react';
import { client } from '../../api/queries.ts';
import { formatCoffee, formatDateTime } from '../../components/format.ts';
import { InvoiceLink, OrderLink, PlaceOrderButton, ShortExecutionLink } from '../../components/links.tsx';
import type { PageRequest } from '../../components/paged-list.ts';
import { filled, usePagedList } from '../../components/paged-list.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable, SearchField, useSettled } from '../../components/paged-table.tsx';
import { Empty } from '../../components/status.tsx';

const columns: readonly Column<PlacedOrder>[] = [
  { id: 'key', header: 'Account / vendor', minWidth: 150, cell: ({ order }) => <OrderLink {...order} /> },
  { id: 'coffee', header: 'Coffee', minWidth: 190, cell: ({ order }) => formatCoffee(order) },
  { id: 'total', header: 'Total', minWidth: 110, cell: ({ total, currency }) => `${total} ${currency}` },
  { id: 'city', header: 'City', minWidth: 120, cell: ({ order }) => order.city },
  { id: 'accepted', header: 'Accepted', minWidth: 190, cell: ({ acceptedAt }) => formatDateTime(acceptedAt) },
  { id: 'execution', header: 'Execution', minWidth: 120, cell: ShortExecutionLink },
  { id: 'invoice', header: 'Invoice', minWidth: 120, cell: ({ invoice }) => <InvoiceLink objectKey={invoice} /> },
];

/** The orders table: the newest order of each account and vendor. */
export function OrdersPage() {
  const [account, setAccount] = useState('');
  const [vendor, setVendor] = useState('');
  const accountid = useSettled(account);
  const vendorid = useSettled(vendor);
  const list = usePagedList('orders', [accountid, vendorid], async (page: PageRequest<string>) => {
    const { orders, next } = await client.listOrders(filled({ accountid, vendorid, ...page }));
    return { items: orders, next };
  });
  const clear = (): void => {
    setAccount('');
    setVendor('');
  };

  return (
    <PagedTable
      title="Orders"
      description="The newest order of each account and vendor, which are its primary key."
      list={list}
      columns={columns}
      trackBy={({ orderid }) => orderid}
      filter={
        <SpaceBetween size="s" direction="horizontal" alignItems="end">
          <SearchField label="Account ID" placeholder="a0" value={account} onChange={setAccount} />
          <SearchField label="Vendor ID" placeholder="v0" value={vendor} onChange={setVendor} />
        </SpaceBetween>
      }
      empty={
        accountid === '' && vendorid === '' ? (
          <Empty
            title="No orders"
            text="Orders appear here once task_put_item has written them."
            action={<PlaceOrderButton />}
          />
        ) : (
          <Empty
            title="No such order"
            text="Enter account and vendor in full. A new order may not have reached the table yet."
            action={<Button onClick={clear}>Show all orders</Button>}
          />
        )
      }
    />
  );
}
