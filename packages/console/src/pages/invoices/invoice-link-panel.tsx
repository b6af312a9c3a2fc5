import { Box, Button, KeyValuePairs, SpaceBetween, StatusIndicator } from '@cloudscape-design/components';
import type { InvoiceLink } from '@coffee/api';
import type { Invoice } from '@coffee/domain';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { invoiceLinkQuery, openInvoice } from '../../api/queries.ts';
import { CopyButton } from '../../components/copy.tsx';
import { timeLeft } from '../../components/format.ts';
import { Unread } from '../../components/status.tsx';
import { failure, useFlash } from '../../shell/flash.tsx';
import { Section } from '../../shell/page.tsx';

/** The current time, every second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The total, and the signed link: how long it remains valid, and ways to use it. */
export function InvoiceLinkPanel({ invoice }: { readonly invoice: Invoice }) {
  const { objectKey, totals } = invoice;
  const query = { ...invoiceLinkQuery(objectKey), refetchOnWindowFocus: false };
  const { data: link, error, isFetching, refetch } = useQuery(query);
  const sums = totals.map(({ total, currency }) => (
    <Box key={currency} variant="awsui-value-large" display="block">{`${total} ${currency}`}</Box>
  ));
  return (
    <Section title="Summary" fitHeight>
      <SpaceBetween size="l">
        <KeyValuePairs items={[{ label: 'Total', value: sums }]} />
        {link && <Link link={link} renew={refetch} renewing={isFetching} />}
        {error && <Unread header="The link could not be created" error={error} retry={refetch} />}
      </SpaceBetween>
    </Section>
  );
}

function Link({ link, renew, renewing }: Readonly<{ link: InvoiceLink; renew: () => unknown; renewing: boolean }>) {
  const { text, expired } = timeLeft(link.expiresAt, useNow());
  const { show } = useFlash();

  // The link answers with a file to save. Read here first, it opens in a tab.
  const open = async (): Promise<void> => {
    try {
      const content = JSON.stringify(await openInvoice(link.url), null, 2);
      window.open(URL.createObjectURL(new Blob([content], { type: 'application/json' })), '_blank');
    } catch (error) {
      show(failure('invoice-link', 'The link did not open', error));
    }
  };

  const validity = expired ? (
    <StatusIndicator type="stopped">Expired</StatusIndicator>
  ) : (
    <StatusIndicator type="success">
      Valid for <time role="timer">{text}</time>
    </StatusIndicator>
  );
  return (
    <SpaceBetween size="s">
      <KeyValuePairs items={[{ label: 'Signed link', value: validity }]} />
      {expired ? (
        <Button loading={renewing} onClick={() => void renew()}>
          New link
        </Button>
      ) : (
        <SpaceBetween size="xs" direction="horizontal">
          <Button iconName="external" iconAlign="right" onClick={() => void open()} ariaLabel="Open in a new tab">
            Open
          </Button>
          <Button iconName="download" href={link.url} download>
            Download
          </Button>
          <CopyButton label="Copy link" what="link" text={link.url} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
