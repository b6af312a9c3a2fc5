import { Button, DatePicker, FormField, Header, Input, SpaceBetween } from '@cloudscape-design/components';
import { useState } from 'react';
import { listInvoices } from '../../api/calls.ts';
import type { InvoiceSummary } from '../../api/wire.ts';
import { counterOf } from '../../components/counter-of.ts';
import { Empty } from '../../components/empty.tsx';
import { formatMonth } from '../../components/format-time.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { RouteButton, RouteLink } from '../../components/route-link.tsx';
import { useTablePreferences } from '../../components/table-preferences.ts';
import { useDelayed } from '../../components/use-delayed.ts';
import { usePageCursor } from '../../components/use-page-cursor.ts';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';

const columns: readonly Column<InvoiceSummary>[] = [
  {
    id: 'key',
    header: 'Object key',
    minWidth: 180,
    cell: ({ objectKey }) => <RouteLink to={paths.invoice(objectKey)}>{objectKey}</RouteLink>,
  },
  { id: 'month', header: 'Month', minWidth: 150, cell: ({ period }) => formatMonth(period) },
  { id: 'account', header: 'Account', minWidth: 120, cell: ({ accountid }) => accountid },
  { id: 'lines', header: 'Lines', minWidth: 90, cell: ({ lineCount }) => lineCount },
  { id: 'total', header: 'Total', minWidth: 120, cell: ({ total, currency }) => `${total} ${currency}` },
];

/** `2026-11` as the picker has it, or nothing while it is being typed. */
function periodOf(value: string): { readonly year: number; readonly month: number } | undefined {
  const match = /^(\d{4})-(\d{2})$/.exec(value);
  return match === null ? undefined : { year: Number(match[1]), month: Number(match[2]) };
}

/** Every invoice, by month and account. */
export function InvoicesPage() {
  usePage('Invoices', [], 'table');
  const [month, setMonth] = useState('');
  const [accountid, setAccountid] = useState('');
  const [preferences, setPreferences] = useTablePreferences('invoices');
  const filter = { ...periodOf(month), accountid: useDelayed(accountid.trim()) };
  const sought = filter.accountid !== '' || 'year' in filter;
  const list = usePageCursor({
    key: ['invoices', filter],
    pageSize: preferences.pageSize,
    read: (request) => listInvoices(filter, request),
  });
  const clear = (): void => {
    setMonth('');
    setAccountid('');
  };

  return (
    <PagedTable
      name="invoices"
      list={list}
      columns={columns}
      trackBy={({ objectKey }) => objectKey}
      preferences={preferences}
      onPreferences={setPreferences}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={counterOf(list, preferences.pageSize)}
          description="An account's orders of a month are the lines of one invoice."
        >
          Invoices
        </Header>
      }
      filter={
        <SpaceBetween size="s" direction="horizontal" alignItems="end">
          <FormField label="Month">
            <DatePicker
              granularity="month"
              value={month}
              placeholder="YYYY/MM"
              openCalendarAriaLabel={(chosen) => (chosen === null ? 'Choose a month' : `Choose a month, ${chosen} now`)}
              onChange={({ detail }) => setMonth(detail.value)}
            />
          </FormField>
          <FormField label="Account ID">
            <Input
              type="search"
              value={accountid}
              placeholder="a0"
              spellcheck={false}
              onChange={({ detail }) => setAccountid(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      }
      empty={
        sought ? (
          <Empty
            title="No such invoice"
            text="The account must be whole and exact, and the month is the one its customer wrote."
            action={<Button onClick={clear}>Show all invoices</Button>}
          />
        ) : (
          <Empty
            title="No invoices"
            text="The first order of an account in a month begins one."
            action={<RouteButton to={paths.placeOrder}>Place an order</RouteButton>}
          />
        )
      }
    />
  );
}
