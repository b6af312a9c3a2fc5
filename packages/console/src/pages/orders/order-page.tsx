import { Box, Container, Header, KeyValuePairs, SpaceBetween } from '@cloudscape-design/components';
import type { PlacedOrder } from '@coffee/domain';
import { formatMoney, parseMoney } from '@coffee/domain';
import { useQuery } from '@tanstack/react-query';
import { orderQuery } from '../../api/queries.ts';
import { Copyable, CopyButton } from '../../components/copy.tsx';
import { formatDateTime } from '../../components/format-time.ts';
import { JsonTree } from '../../components/json-tree.tsx';
import { RouteButton, RouteLink } from '../../components/links.tsx';
import { Loaded } from '../../components/status.tsx';
import { Page } from '../../shell/page.tsx';
import { paths } from '../../shell/paths.ts';

const missing = {
  header: 'There is no such order',
  text: 'It may not have reached the table yet: its execution shows how far it has come.',
  action: <RouteButton to={paths.orders}>View orders</RouteButton>,
};

/** One order of the table, by its primary key. */
export function OrderPage({ accountid, vendorid }: { readonly accountid: string; readonly vendorid: string }) {
  const query = useQuery(orderQuery(accountid, vendorid));
  return (
    <Page title={`${accountid} / ${vendorid}`} parent={{ text: 'Orders', href: paths.orders }}>
      <Loaded query={query} what="the order" missing={missing}>
        {(placed) => <PlacedOrderPanels placed={placed} />}
      </Loaded>
    </Page>
  );
}

function PlacedOrderPanels({ placed }: { readonly placed: PlacedOrder }) {
  const { orderid, acceptedAt, order, total, currency, invoice } = placed;
  const { coffeetype, coffeesize, unitprice, quantity } = order.details;
  const price = formatMoney(parseMoney(String(unitprice), currency), currency);
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Details</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Coffee', value: `${quantity} × ${coffeetype}, ${coffeesize}` },
            { label: 'Unit price', value: `${price} ${currency}` },
            { label: 'Total', value: <Box variant="strong">{`${total} ${currency}`}</Box> },
            { label: 'City', value: order.city },
            { label: 'Order date', value: order.orderdate },
            { label: 'Accepted', value: formatDateTime(Date.parse(acceptedAt)) },
            { label: 'Order ID', value: <Copyable text={orderid} what="order ID" /> },
            { label: 'Execution', value: <RouteLink to={paths.execution(orderid)}>View the execution</RouteLink> },
            { label: 'Invoice', value: <RouteLink to={paths.invoice(invoice)}>{invoice}</RouteLink> },
            { label: 'Email', value: <RouteLink to={paths.mail(orderid)}>Open in the mailbox</RouteLink> },
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
