import './mail-page.css';
import { Container, ContentLayout, Header, KeyValuePairs, SpaceBetween } from '@cloudscape-design/components';
import { useQuery } from '@tanstack/react-query';
import { mailQuery } from '../../api/queries.ts';
import type { Mail } from '../../api/wire.ts';
import { Empty } from '../../components/empty.tsx';
import { formatDateTime } from '../../components/format-time.ts';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { RouteButton, RouteLink } from '../../components/route-link.tsx';
import { usePage } from '../../shell/page-info.ts';
import { paths } from '../../shell/paths.ts';

/** The mail about one order, as a person reads it. */
export function MailPage({ orderid }: { readonly orderid: string }) {
  const { data: mail, error, refetch } = useQuery(mailQuery(orderid));
  const title = mail?.subject ?? 'E-mail';
  usePage(title, [{ text: 'Mailbox', href: paths.mailbox }]);
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      {mail && <MailView mail={mail} />}
      {mail === null && (
        <Empty
          title="No mail about this order yet"
          text="It arrives when task_notify has sent it. The execution tells how far the order has come."
          action={<RouteButton to={paths.execution(orderid)}>View the execution</RouteButton>}
        />
      )}
      {mail === undefined && !error && <Loading>Loading the mail</Loading>}
      {mail === undefined && error && <Problem header="The mail could not be read" error={error} onRetry={refetch} />}
    </ContentLayout>
  );
}

function MailView({ mail: { id, subject, text, sentAt, attributes } }: { readonly mail: Mail }) {
  const { accountid, vendorid, eventtype } = attributes;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'From', value: 'Coffee orders' },
              { label: 'To', value: 'Subscribers of the topic' },
              { label: 'Received', value: formatDateTime(Date.parse(sentAt)) },
            ]}
          />
        }
      >
        <article className="mail-text" aria-label={subject}>
          {text}
        </article>
      </Container>
      <Container header={<Header variant="h2">About</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: 'Order',
              value: <RouteLink to={paths.order(accountid, vendorid)}>{`${accountid} / ${vendorid}`}</RouteLink>,
            },
            { label: 'Execution', value: <RouteLink to={paths.execution(id)}>View the execution</RouteLink> },
            { label: 'Event types', value: eventtype.join(', ') },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}
