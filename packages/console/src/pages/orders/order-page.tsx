import { Box, Button, KeyValuePairs, SpaceBetween } from '@cloudscape-design/components';
import type { PlacedOrder } from '@coffee/domain';
import { formatMoney, parseMoney } from '@coffee/domain';
import { useQuery } from '@tanstack/react-query';
import { orderQuery } from '../../api/queries.ts';
import { CopyButton } from '../../components/copy.tsx';
import { formatCoffee, formatDateTime } from '../../components/format.ts';
import { JsonTree } from '../../components/json-tree.tsx';
import { ExecutionLink, InvoiceLink, MailLink } from '../../components/links.tsx';
import { Loaded } from '../../components/status.tsx';
import { Page, Section } from '../../shell/page.tsx';
import { paths } from '../../shell/paths.ts';

const missing = {
  header: 'There is no such order',
  text: 'It may not have reached the table yet: its execution shows how far it has come.',
  action: <Button href={paths.orders}>View orders</Button>,
};

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
  const price = formatMoney(parseMoney(String(order.details.unitprice), currency), currency);
  return (
    <SpaceBetween size="l">
      <Section title="Details">
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Coffee', value: formatCoffee(order) },
            { label: 'Unit price', value: `${price} ${currency}` },
            { label: 'Total', value: <Box variant="strong">{`${total} ${currency}`}</Box> },
            { label: 'City', value: order.city },
            { label: 'Order date', value: order.orderdate },
            { label: 'Accepted', value: formatDateTime(acceptedAt) },
            { label: 'Order ID', value: <CopyButton text={orderid} what="order ID" variant="inline" /> },
            { label: 'Execution', value: <ExecutionLink orderid={orderid} text="View the execution" /> },
            { label: 'Invoice', value: <InvoiceLink objectKey={invoice} /> },
            { label: 'Email', value: <MailLink orderid={orderid} /> },
          ]}
        />
      </Section>
      <Section title="Item" actions={<CopyButton what="item" text={JSON.stringify(placed, null, 2)} />}>
        <JsonTree value={placed} label="Item" />
      </Section>
    </SpaceBetween>
  );
}
