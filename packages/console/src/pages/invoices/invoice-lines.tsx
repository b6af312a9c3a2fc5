import { useCollection } from '@cloudscape-design/collection-hooks';
import { Box, Button, Header, Pagination, Table, TextFilter } from '@cloudscape-design/components';
import type { Invoice, InvoiceLine } from '@coffee/domain';
import { parseMoney } from '@coffee/domain';
import { formatCoffee } from '../../components/format.ts';
import { OrderLink, ShortExecutionLink } from '../../components/links.tsx';
import { Empty } from '../../components/status.tsx';
import { formatTotals } from './totals.ts';

/** A line with the values that the table sorts and filters by. */
function rowOf(line: InvoiceLine) {
  const { order, amount, currency } = line;
  const date = order.orderdate.slice(0, 19).replace('T', ' ');
  return { ...line, date, coffee: formatCoffee(order), minorUnits: parseMoney(amount, currency) };
}

export function InvoiceLines({ invoice }: { readonly invoice: Invoice }) {
  const { lines, totals } = invoice;
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount, actions } = useCollection(
    lines.map(rowOf),
    {
      filtering: {
        noMatch: (
          <Empty
            title="No line has this text"
            text="The filter looks at every column."
            action={<Button onClick={() => actions.setFiltering('')}>Show all lines</Button>}
          />
        ),
      },
      pagination: { pageSize: 20 },
      sorting: { defaultState: { sortingColumn: { sortingField: 'date' }, isDescending: true } },
    },
  );
  return (
    <Table
      {...collectionProps}
      items={items}
      trackBy="orderid"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Lines' }}
      header={
        <Header variant="h2" counter={`(${lines.length})`}>
          Lines
        </Header>
      }
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder="Find lines"
          filteringAriaLabel="Find lines"
          countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? 'match' : 'matches'}`}
        />
      }
      pagination={<Pagination {...paginationProps} />}
      footer={
        <Box textAlign="right">
          Total <Box variant="strong">{formatTotals(totals)}</Box>
        </Box>
      }
      columnDefinitions={[
        {
          id: 'date',
          header: 'Order date',
          sortingField: 'date',
          minWidth: 170,
          isRowHeader: true,
          cell: (row) => row.date,
        },
        { id: 'coffee', header: 'Coffee', sortingField: 'coffee', minWidth: 190, cell: ({ coffee }) => coffee },
        {
          id: 'vendor',
          header: 'Vendor',
          minWidth: 90,
          cell: ({ order }) => <OrderLink {...order} text={order.vendorid} />,
        },
        { id: 'city', header: 'City', minWidth: 120, cell: ({ order }) => order.city },
        { id: 'execution', header: 'Execution', minWidth: 130, cell: ShortExecutionLink },
        {
          id: 'amount',
          header: 'Amount',
          sortingComparator: (a, b) => a.currency.localeCompare(b.currency) || a.minorUnits - b.minorUnits,
          minWidth: 110,
          cell: ({ amount, currency }) => `${amount} ${currency}`,
        },
      ]}
    />
  );
}
