import { useCollection } from '@cloudscape-design/collection-hooks';
import { Box, Button, Header, Pagination, Table, TextFilter } from '@cloudscape-design/components';
import type { Invoice, InvoiceLine } from '@coffee/domain';
import { parseMoney } from '@coffee/domain';
import { RouteLink, ShortExecutionLink } from '../../components/links.tsx';
import { Empty } from '../../components/status.tsx';
import { paths } from '../../shell/paths.ts';
import { formatTotals } from './totals.ts';

interface Row extends InvoiceLine {
  readonly date: string;
  readonly coffee: string;
  readonly minorUnits: number;
}

function rowOf(line: InvoiceLine): Row {
  const { coffeetype, coffeesize, quantity } = line.order.details;
  const date = line.order.orderdate.slice(0, 19).replace('T', ' ');
  return {
    ...line,
    date,
    coffee: `${quantity} × ${coffeetype}, ${coffeesize}`,
    minorUnits: parseMoney(line.amount, line.currency),
  };
}

/** The lines of an invoice and their totals. */
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
          cell: ({ date }) => date,
        },
        { id: 'coffee', header: 'Coffee', sortingField: 'coffee', minWidth: 190, cell: ({ coffee }) => coffee },
        {
          id: 'vendor',
          header: 'Vendor',
          minWidth: 90,
          cell: ({ order: { accountid, vendorid } }) => (
            <RouteLink to={paths.order(accountid, vendorid)}>{vendorid}</RouteLink>
          ),
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
