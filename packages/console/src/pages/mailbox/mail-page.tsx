import { Box, Button, Container, KeyValuePairs, SpaceBetween } from '@cloudscape-design/components';
import type { Mail } from '@coffee/api';
import { useQuery } from '@tanstack/react-query';
import { mailQuery } from '../../api/queries.ts';
import { formatDateTime } from '../../components/format.ts';
import { ExecutionLink, OrderLink } from '../../components/links.tsx';
import { Empty, Loaded } from '../../components/status.tsx';
import { Page, Section } from '../../shell/page.tsx';
import { isFor, paths } from '../../shell/paths.ts';
import { useCaller } from '../../sign-in/use-session.ts';

export function MailPage({ orderid }: { readonly orderid: string }) {
  const query = useQuery(mailQuery(orderid));
  const title = query.data?.subject ?? 'Email';
  const mailbox = { text: 'Mailbox', href: paths.mailbox };
  const execution = { text: 'Execution', href: paths.execution(orderid) };
  return (
    <Page title={title} parent={isFor(useCaller(), paths.mailbox) ? mailbox : execution}>
      <Loaded query={query} what="the email">
        {(mail) =>
          mail === null ? (
            <Empty
              title="No email about this order yet"
              text="It arrives once task_notify has sent it. The execution shows how far the order has come."
              action={<Button href={paths.execution(orderid)}>View the execution</Button>}
            />
          ) : (
            <MailView mail={mail} />
          )
        }
      </Loaded>
    </Page>
  );
}

function MailView({ mail: { id, subject, text, sentAt, attributes } }: { readonly mail: Mail }) {
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'From', value: 'Coffee orders' },
              { label: 'To', value: 'Subscribers of the topic' },
              { label: 'Received', value: formatDateTime(sentAt) },
            ]}
          />
        }
      >
        <article aria-label={subject}>
          <Box variant="pre">{text}</Box>
        </article>
      </Container>
      <Section title="About">
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Order', value: <OrderLink {...attributes} /> },
            { label: 'Execution', value: <ExecutionLink orderid={id} text="View the execution" /> },
            { label: 'Event types', value: attributes.eventtype.join(', ') },
          ]}
        />
      </Section>
    </SpaceBetween>
  );
}
