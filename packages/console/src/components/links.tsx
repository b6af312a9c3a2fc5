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

/** An order by its primary key. */
export const OrderLink = (order: { readonly accountid: string; readonly vendorid: string }) => (
  <RouteLink to={paths.order(order.accountid, order.vendorid)}>{`${order.accountid} / ${order.vendorid}`}</RouteLink>
);

/** An execution, by the end of its name in a column. */
export const ShortExecutionLink = ({ orderid }: { readonly orderid: string }) => (
  <RouteLink to={paths.execution(orderid)} ariaLabel={`Execution of order ${orderid}`}>
    {`…${orderid.slice(-12)}`}
  </RouteLink>
);
