import { Header } from '@cloudscape-design/components';
import { listMails } from '../../api/calls.ts';
import type { Mail } from '../../api/wire.ts';
import { counterOf } from '../../components/counter-of.ts';
import { Empty } from '../../components/empty.tsx';
import { formatDateTime } from '../../components/format-time.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { RouteButton, RouteLink } from '../../components/route-link.tsx';
import { useTablePreferences } from '../../components/table-preferences.ts';
import { usePageCursor } from '../../components/use-page-cursor.ts';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';

const columns: readonly Column<Mail>[] = [
  {
    id: 'subject',
    header: 'Subject',
    minWidth: 320,
    cell: ({ id, subject }) => <RouteLink to={paths.mail(id)}>{subject}</RouteLink>,
  },
  {
    id: 'order',
    header: 'Order',
    minWidth: 120,
    cell: ({ attributes: { accountid, vendorid } }) => (
      <RouteLink to={paths.order(accountid, vendorid)}>{`${accountid} / ${vendorid}`}</RouteLink>
    ),
  },
  { id: 'received', header: 'Received', minWidth: 190, cell: ({ sentAt }) => formatDateTime(Date.parse(sentAt)) },
];

/** The mails that arrived, newest first. */
export function MailboxPage() {
  usePage('Mailbox', [], 'table');
  const [preferences, setPreferences] = useTablePreferences('mails');
  const list = usePageCursor({
    key: ['mails'],
    pageSize: preferences.pageSize,
    read: (request) => listMails({}, request),
  });
  return (
    <PagedTable
      name="mails"
      list={list}
      columns={columns}
      trackBy={({ id }) => id}
      preferences={preferences}
      onPreferences={setPreferences}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={counterOf(list, preferences.pageSize)}
          description="What the topic’s subscriber would get: one e-mail for each order."
        >
          Mailbox
        </Header>
      }
      empty={
        <Empty
          title="No mail"
          text="An order’s e-mail arrives when task_notify has sent it."
          action={<RouteButton to={paths.placeOrder}>Place an order</RouteButton>}
        />
      }
    />
  );
}
