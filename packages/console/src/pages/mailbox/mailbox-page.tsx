import { Link } from '@cloudscape-design/components';
import type { Mail } from '@coffee/api';
import { client } from '../../api/queries.ts';
import { formatDateTime } from '../../components/format.ts';
import { OrderLink } from '../../components/links.tsx';
import { filled, usePagedList } from '../../components/paged-list.ts';
import type { Column } from '../../components/paged-table.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { paths } from '../../shell/paths.ts';

const columns: readonly Column<Mail>[] = [
  {
    id: 'subject',
    header: 'Subject',
    minWidth: 320,
    cell: ({ id, subject }) => <Link href={paths.mail(id)}>{subject}</Link>,
  },
  { id: 'order', header: 'Order', minWidth: 120, cell: ({ attributes }) => <OrderLink {...attributes} /> },
  { id: 'received', header: 'Received', minWidth: 190, cell: ({ sentAt }) => formatDateTime(sentAt) },
];

export function MailboxPage() {
  const list = usePagedList<Mail, number>('emails', [], async (page) => {
    const { mails, next } = await client.listMails(filled(page));
    return { items: mails, next };
  });
  return (
    <PagedTable
      title="Mailbox"
      description="What a subscriber of the topic receives: one email for each order."
      list={list}
      columns={columns}
      trackBy={({ id }) => id}
      empty={{ title: 'No email', text: 'An order’s email arrives once task_notify has sent it.' }}
    />
  );
}
