import { Button, FormField, Header, Input, SpaceBetween } from '@cloudscape-design/components';
import type { PlacedOrder } from '@coffee/domain';
import { useState } from 'react';
import { listOrders } from '../../api/calls.ts';
import { counterOf } from '../../components/counter-of.ts';
import { Empty } from '../../components/empty.tsx';
import { formatDateTime } from '../../components/format-time.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { RouteButton, RouteLink } from '../../components/route-link.tsx';
import { useTablePreferences } from '../../components/table-preferences.ts';
import { useDelayed } from '../../components/use-delayed.ts';
import { usePageCursor } from '../../components/use-page-cursor.ts';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';

const columns: readonly Column<PlacedOrder>[] = [
  {
    id: 'key',
    header: 'Account / vendor',
    minWidth: 150,
    cell: ({ order: { accountid, vendorid } }) => (
      <RouteLink to={paths.order(accountid, vendorid)}>{`${accountid} / ${vendorid}`}</RouteLink>
    ),
  },
  {
    id: 'coffee',
    header: 'Coffee',
    minWidth: 190,
    cell: ({ order: { details } }) => `${details.quantity} × ${details.coffeetype}, ${details.coffeesize}`,
  },
  { id: 'total', header: 'Total', minWidth: 110, cell: ({ total, currency }) => `${total} ${currency}` },
  { id: 'city', header: 'City', minWidth: 120, cell: ({ order }) => order.city },
  {
    id: 'accepted',
    header: 'Accepted',
    minWidth: 190,
    cell: ({ acceptedAt }) => formatDateTime(Date.parse(acceptedAt)),
  },
  {
    id: 'execution',
    header: 'Execution',
    minWidth: 120,
    cell: ({ orderid }) => (
      <RouteLink to={paths.execution(orderid)} ariaLabel={`Execution of order ${orderid}`}>
        {`…${orderid.slice(-12)}`}
      </RouteLink>
    ),
  },
  {
    id: 'invoice',
    header: 'Invoice',
    minWidth: 120,
    cell: ({ invoice }) => <RouteLink to={paths.invoice(invoice)}>{invoice}</RouteLink>,
  },
];

/** The orders table: one order for each account and vendor, the newest. */
export function OrdersPage() {
  usePage('Orders', [], 'table');
  const [accountid, setAccountid] = useState('');
  const [vendorid, setVendorid] = useState('');
  const [preferences, setPreferences] = useTablePreferences('orders');
  const filter = { accountid: useDelayed(accountid.trim()), vendorid: useDelayed(vendorid.trim()) };
  const sought = filter.accountid !== '' || filter.vendorid !== '';
  const list = usePageCursor({
    key: ['orders', filter.accountid, filter.vendorid],
    pageSize: preferences.pageSize,
    read: (request) => listOrders(filter, request),
  });
  const clear = (): void => {
    setAccountid('');
    setVendorid('');
  };

  return (
    <PagedTable
      name="orders"
      list={list}
      columns={columns}
      trackBy={({ orderid }) => orderid}
      preferences={preferences}
      onPreferences={setPreferences}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={counterOf(list, preferences.pageSize)}
          description="The newest order of each account and vendor, which are its primary key."
        >
          Orders
        </Header>
      }
      filter={
        <SpaceBetween size="s" direction="horizontal" alignItems="end">
          <FormField label="Account ID">
            <Input
              type="search"
              value={accountid}
              placeholder="a0"
              spellcheck={false}
              onChange={({ detail }) => setAccountid(detail.value)}
            />
          </FormField>
          <FormField label="Vendor ID">
            <Input
              type="search"
              value={vendorid}
              placeholder="v0"
              spellcheck={false}
              onChange={({ detail }) => setVendorid(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      }
      empty={
        sought ? (
          <Empty
            title="No such order"
            text="Account and vendor must be whole and exact. The order may also not have come to the table yet."
            action={<Button onClick={clear}>Show all orders</Button>}
          />
        ) : (
          <Empty
            title="No orders"
            text="Orders appear here once task_put_item has written them."
            action={<RouteButton to={paths.placeOrder}>Place an order</RouteButton>}
          />
        )
      }
    />
  );
}
