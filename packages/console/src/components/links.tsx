import type { ButtonProps, LinkProps } from '@cloudscape-design/components';
import { Button, Link } from '@cloudscape-design/components';
import { useLocation } from 'wouter';
import { paths } from '../shell/paths.ts';

type Routed<Props> = Omit<Props, 'href' | 'onFollow'> & { readonly to: string };

/** `href` and `onFollow` of something that leads to a page of the console without loading it anew. */
function useRoute(href: string) {
  const [, navigate] = useLocation();
  const onFollow = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    navigate(href);
  };
  return { href, onFollow };
}

/** A link to a page of the console. */
export const RouteLink = ({ to, ...props }: Routed<LinkProps>) => <Link {...props} {...useRoute(to)} />;

/** A button that leads to a page of the console. */
export const RouteButton = ({ to, ...props }: Routed<ButtonProps>) => <Button {...props} {...useRoute(to)} />;

/** The way out of an empty page. */
export const PlaceOrderButton = ({ variant = 'normal' }: Pick<ButtonProps, 'variant'>) => (
  <RouteButton variant={variant} to={paths.placeOrder}>
    Place an order
  </RouteButton>
);

interface OrderLinkProps {
  readonly accountid: string;
  readonly vendorid: string;
  readonly text?: string;
}

/** An order, by its primary key or, with `text`, in other words. */
export const OrderLink = ({ accountid, vendorid, text = `${accountid} / ${vendorid}` }: OrderLinkProps) => (
  <RouteLink to={paths.order(accountid, vendorid)}>{text}</RouteLink>
);

/** An execution, by its name or, with `text`, in other words. */
export const ExecutionLink = ({ orderid, text = orderid }: { readonly orderid: string; readonly text?: string }) => (
  <RouteLink to={paths.execution(orderid)}>{text}</RouteLink>
);

/** An execution, by the end of its name in a column. */
export const ShortExecutionLink = ({ orderid }: { readonly orderid: string }) => (
  <RouteLink to={paths.execution(orderid)} ariaLabel={`Execution of order ${orderid}`}>
    {`…${orderid.slice(-12)}`}
  </RouteLink>
);

/** An invoice by its object key. */
export const InvoiceLink = ({ objectKey }: { readonly objectKey: string }) => (
  <RouteLink to={paths.invoice(objectKey)}>{objectKey}</RouteLink>
);

/** The email about an order. */
export const MailLink = ({ orderid }: { readonly orderid: string }) => (
  <RouteLink to={paths.mail(orderid)}>Open in the mailbox</RouteLink>
);
