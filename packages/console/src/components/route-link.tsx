import type { ButtonProps, LinkProps } from '@cloudscape-design/components';
import { Button, Link } from '@cloudscape-design/components';
import { useLocation } from 'wouter';

type Routed<Props> = Omit<Props, 'href' | 'onFollow'> & { readonly to: string };

/** A link to a page of the console. */
export function RouteLink({ to, ...props }: Routed<LinkProps>) {
  const [, navigate] = useLocation();
  return (
    <Link
      {...props}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        navigate(to);
      }}
    />
  );
}

/** A button that leads to a page of the console. */
export function RouteButton({ to, ...props }: Routed<ButtonProps>) {
  const [, navigate] = useLocation();
  return (
    <Button
      {...props}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        navigate(to);
      }}
    />
  );
}
