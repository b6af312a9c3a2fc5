import { Button, SpaceBetween } from '@cloudscape-design/components';
import type { PlacedOrder } from '@coffee/domain';
import { client } from '../../api/queries.ts';
import { formatCoffee, formatDateTime } from '../../components/format.ts';
import { InvoiceLink, OrderLink, ShortExecutionLink } from '../../components/links.tsx';
import { filled, usePagedList } from '../../components/paged-list.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable, useSearchField } from '../../components/paged-table.tsx';
import { useCaller } from '../../sign-in/use-session.ts';

const columns: readonly Column<PlacedOrder>[] = [
  { id: 'key', header: 'Account / vendor', minWidth: 150, cell: ({ order }) => <OrderLink {...order} /> },
  { id: 'coffee', header: 'Coffee', minWidth: 190, cell: ({ order }) => formatCoffee(order) },
  { id: 'total', header: 'Total', minWidth: 110, cell: ({ total, currency }) => `${total} ${currency}` },
  { id: 'city', header: 'City', minWidth: 120, cell: ({ order }) => order.city },
  { id: 'accepted', header: 'Accepted', minWidth: 190, cell: ({ acceptedAt }) => formatDateTime(acceptedAt) },
  { id: 'execution', header: 'Execution', minWidth: 120, cell: ShortExecutionLink },
  { id: 'invoice', header: 'Invoice', minWidth: 120, cell: ({ invoice }) => <InvoiceLink objectKey={invoice} /> },
];

export function OrdersPage() {
  const caller = useCaller();
  const account = useSearchField('Account ID', 'a0');
  const vendor = useSearchField('Vendor ID', 'v0');
  const key = { accountid: account.value, vendorid: vendor.value };
  const list = usePagedList<PlacedOrder, string>('orders', [key], async (page) => {
    const { orders, next } = await client.listOrders(filled({ ...key, ...page }));
    return { items: orders, next };
  });
  const clear = (): void => {
    account.clear();
    vendor.clear();
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
          {caller.kind !== 'customer' && account.field}
          {caller.kind !== 'vendor' && vendor.field}
        </SpaceBetween>
      }
      empty={
        key.accountid === '' && key.vendorid === ''
          ? { title: 'No orders', text: 'Orders appear here once task_put_item has written them.' }
          : {
              title: 'No such order',
              text: 'Enter account and vendor in full. A new order may not have reached the table yet.',
              action: <Button onClick={clear}>Show all orders</Button>,
            }
      }
    />
  );
}
