import { Box, Container, ContentLayout, Header, KeyValuePairs, SpaceBetween } from '@cloudscape-design/components';
import type { PlacedOrder } from '@coffee/domain';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../api/http.ts';
import { orderQuery } from '../../api/queries.ts';
import { Copyable, CopyButton } from '../../components/copy.tsx';
import { formatDateTime } from '../../components/format-time.ts';
import { JsonTree } from '../../components/json-tree.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { RouteButton, RouteLink } from '../../components/route-link.tsx';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';

interface OrderPageProps {
  readonly accountid: string;
  readonly vendorid: string;
}

/** One order of the table, by its primary key. */
export function OrderPage({ accountid, vendorid }: OrderPageProps) {
  const name = `${accountid} / ${vendorid}`;
  usePage(name, [{ text: 'Orders', href: paths.orders }]);
  const { data, error, refetch } = useQuery(orderQuery(accountid, vendorid));
  const missing = error instanceof ApiError && error.status === 404;

  return (
    <ContentLayout header={<Header variant="h1">{name}</Header>}>
      {data && <PlacedOrderPanels placed={data} />}
      {!data && !error && <Loading>Loading the order</Loading>}
      {!data && error && (
        <Problem
          header={missing ? 'There is no such order' : 'The order could not be read'}
          error={error}
          text={missing ? 'It may not have come to the table yet: its execution tells how far it is.' : undefined}
          onRetry={refetch}
          action={missing && <RouteButton to={paths.orders}>View orders</RouteButton>}
        />
      )}
    </ContentLayout>
  );
}

function PlacedOrderPanels({ placed }: { readonly placed: PlacedOrder }) {
  const { orderid, acceptedAt, order, total, currency, invoice } = placed;
  const { coffeetype, coffeesize, unitprice, quantity } = order.details;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Details</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Coffee', value: `${quantity} × ${coffeetype}, ${coffeesize}` },
            { label: 'Unit price', value: `${unitprice} ${currency}` },
            { label: 'Total', value: <Box variant="strong">{`${total} ${currency}`}</Box> },
            { label: 'City', value: order.city },
            { label: 'Order date', value: order.orderdate },
            { label: 'Accepted', value: formatDateTime(Date.parse(acceptedAt)) },
            { label: 'Order ID', value: <Copyable text={orderid} what="order ID" /> },
            { label: 'Execution', value: <RouteLink to={paths.execution(orderid)}>View the execution</RouteLink> },
            { label: 'Invoice', value: <RouteLink to={paths.invoice(invoice)}>{invoice}</RouteLink> },
            { label: 'E-mail', value: <RouteLink to={paths.mail(orderid)}>Open in the mailbox</RouteLink> },
          ]}
        />
      </Container>
      <Container
        header={
          <Header variant="h2" actions={<CopyButton what="item" text={JSON.stringify(placed, null, 2)} />}>
            Item
          </Header>
        }
      >
        <JsonTree value={placed} label="Item" />
      </Container>
    </SpaceBetween>
  );
}
