import { Button, DatePicker, FormField, SpaceBetween } from '@cloudscape-design/components';
import type { InvoiceSummary } from '@coffee/api';
import { useState } from 'react';
import { client } from '../../api/queries.ts';
import { formatMonth } from '../../components/format.ts';
import { InvoiceLink } from '../../components/links.tsx';
import { filled, usePagedList } from '../../components/paged-list.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable, useSearchField } from '../../components/paged-table.tsx';
import { useCaller } from '../../sign-in/use-session.ts';
import { formatTotals } from './totals.ts';

const columns: readonly Column<InvoiceSummary>[] = [
  { id: 'key', header: 'Object key', minWidth: 180, cell: InvoiceLink },
  { id: 'month', header: 'Month', minWidth: 150, cell: ({ period }) => formatMonth(period) },
  { id: 'account', header: 'Account', minWidth: 120, cell: ({ accountid }) => accountid },
  { id: 'lines', header: 'Lines', minWidth: 90, cell: ({ lineCount }) => lineCount },
  { id: 'total', header: 'Total', minWidth: 120, cell: ({ totals }) => formatTotals(totals) },
];

/** `2026-11` as the picker has it, or nothing while it is being typed. */
function periodOf(value: string): { readonly year: number; readonly month: number } | undefined {
  const match = /^(\d{4})-(\d{2})$/.exec(value);
  return match === null ? undefined : { year: Number(match[1]), month: Number(match[2]) };
}

export function InvoicesPage() {
  const [month, setMonth] = useState('');
  const caller = useCaller();
  const account = useSearchField('Account ID', 'a0');
  const accountid = account.value;
  const period = periodOf(month);
  const list = usePagedList<InvoiceSummary, string>('invoices', [period, accountid], async (page) => {
    const { invoices, next } = await client.listInvoices(filled({ ...period, accountid, ...page }));
    return { items: invoices, next };
  });
  const clear = (): void => {
    setMonth('');
    account.clear();
  };

  return (
    <PagedTable
      title="Invoices"
      description="An account’s orders of one month are the lines of one invoice."
      list={list}
      columns={columns}
      trackBy={({ objectKey }) => objectKey}
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
          {caller.kind !== 'customer' && account.field}
        </SpaceBetween>
      }
      empty={
        accountid === '' && period === undefined
          ? { title: 'No invoices', text: 'An account’s first order of a month opens its invoice.' }
          : {
              title: 'No such invoice',
              text: 'Enter the account in full. The month is that of the order date as the customer wrote it.',
              action: <Button onClick={clear}>Show all invoices</Button>,
            }
      }
    />
  );
}
