import type { ButtonProps } from '@cloudscape-design/components';
import { Button, Link } from '@cloudscape-design/components';
import { useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { isFor, paths } from '../shell/paths.ts';
import { useCaller } from '../sign-in/use-session.ts';

/** Follows a link to a page of the console without loading it anew. */
function follow(event: MouseEvent): void {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  const link = target instanceof Element && target.closest('a');
  if (!link || link.target || link.hash || link.origin !== location.origin) return;
  if (event.defaultPrevented || button > 0 || ctrlKey || metaKey || shiftKey || altKey) return;
  if (link.pathname !== paths.placeOrder && !link.pathname.startsWith('/console/')) return;
  event.preventDefault();
  navigate(link.pathname);
}

export function useLinks(): void {
  useEffect(() => {
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, []);
}

export function PlaceOrderButton({ variant = 'normal' }: Pick<ButtonProps, 'variant'>) {
  if (!isFor(useCaller(), paths.placeOrder)) return null;
  return (
    <Button variant={variant} href={paths.placeOrder}>
      Place an order
    </Button>
  );
}

type OrderLinkProps = Readonly<{ accountid: string; vendorid: string; text?: string }>;

/** An order, by its primary key or, with `text`, in other words. */
export const OrderLink = ({ accountid, vendorid, text = `${accountid} / ${vendorid}` }: OrderLinkProps) => (
  <Link href={paths.order(accountid, vendorid)}>{text}</Link>
);

export const ExecutionLink = ({ orderid, text = orderid }: { readonly orderid: string; readonly text?: string }) => (
  <Link href={paths.execution(orderid)}>{text}</Link>
);

/** An execution, by the end of its name in a column. */
export const ShortExecutionLink = ({ orderid }: { readonly orderid: string }) => (
  <Link href={paths.execution(orderid)} ariaLabel={`Execution of order ${orderid}`}>
    {`…${orderid.slice(-12)}`}
  </Link>
);

/** An invoice by its key: a link for those who may have invoices. */
export function InvoiceLink({ objectKey }: { readonly objectKey: string }) {
  const href = paths.invoice(objectKey);
  return isFor(useCaller(), href) ? <Link href={href}>{objectKey}</Link> : objectKey;
}

export const MailLink = ({ orderid }: { readonly orderid: string }) => (
  <Link href={paths.mail(orderid)}>Open in the mailbox</Link>
);
