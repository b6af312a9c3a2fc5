import { ContentLayout, Header } from '@cloudscape-design/components';
import { Empty } from '../components/empty.tsx';
import { RouteButton } from '../components/route-link.tsx';
import { usePage } from '../shell/page-info.ts';
import { paths } from '../shell/paths.ts';

/** Nothing is at this address. */
export function NotFoundPage() {
  usePage('Page not found');
  return (
    <ContentLayout header={<Header variant="h1">Page not found</Header>}>
      <Empty
        title="Nothing is at this address"
        text="The link may be mistyped, or from another version of the console."
        action={<RouteButton to={paths.placeOrder}>Place an order</RouteButton>}
      />
    </ContentLayout>
  );
}
