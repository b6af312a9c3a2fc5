import { ErrorBoundary } from '@cloudscape-design/components';
import type { ComponentType } from 'react';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { PlaceOrderButton, useLinks } from '../components/links.tsx';
import { Empty, Loading } from '../components/status.tsx';
import { SignInPage } from '../sign-in/sign-in-page.tsx';
import { useCaller, useSessionState } from '../sign-in/use-session.ts';
import { Frame } from './frame.tsx';
import { Page } from './page.tsx';
import { isFor, isForOperators, paths } from './paths.ts';
import { useLiveUpdates } from './use-live-updates.ts';

/** A page that is loaded when it is first shown. */
const lazyPage = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(async () => ({ default: await load() }));

const PlaceOrder = lazyPage(async () => (await import('../pages/place-order/place-order-page.tsx')).PlaceOrderPage);
const Executions = lazyPage(async () => (await import('../pages/executions/executions-page.tsx')).ExecutionsPage);
const Execution = lazyPage(async () => (await import('../pages/execution/execution-page.tsx')).ExecutionPage);
const Orders = lazyPage(async () => (await import('../pages/orders/orders-page.tsx')).OrdersPage);
const Order = lazyPage(async () => (await import('../pages/orders/order-page.tsx')).OrderPage);
const Invoices = lazyPage(async () => (await import('../pages/invoices/invoices-page.tsx')).InvoicesPage);
const Invoice = lazyPage(async () => (await import('../pages/invoices/invoice-page.tsx')).InvoicePage);
const Mailbox = lazyPage(async () => (await import('../pages/mailbox/mailbox-page.tsx')).MailboxPage);
const OneMail = lazyPage(async () => (await import('../pages/mailbox/mail-page.tsx')).MailPage);
const Faults = lazyPage(async () => (await import('../pages/faults/faults-page.tsx')).FaultsPage);

const NotFound = () => (
  <Page title="Page not found">
    <Empty
      title="There is no page at this address"
      text="The link may be mistyped, or come from another version of the console."
      action={<PlaceOrderButton />}
    />
  </Page>
);

export function App() {
  useLinks();
  const state = useSessionState();
  return <Frame>{state.kind === 'signed-out' ? <SignInPage reason={state.reason} /> : <Pages />}</Frame>;
}

function Pages() {
  useLiveUpdates();
  const [location] = useLocation();
  const caller = useCaller();
  const isKnown = useSessionState().kind !== 'starting';
  return (
    <ErrorBoundary key={location} onError={() => undefined /* React has logged it */}>
      <Suspense fallback={<Loading />}>
        <Switch>
          {isForOperators(location) && !isKnown && (
            <Route>
              <Loading />
            </Route>
          )}
          {isFor(caller, location) || (
            <Route>{location === '/' ? <Redirect to={paths.orders} replace /> : <NotFound />}</Route>
          )}
          <Route path="/" component={PlaceOrder} />
          <Route path="/console" component={PlaceOrder} />
          <Route path="/console/executions" component={Executions} />
          <Route path="/console/executions/:orderid">{({ orderid }) => <Execution orderid={orderid} />}</Route>
          <Route path="/console/orders" component={Orders} />
          <Route path="/console/orders/:accountid/:vendorid">{(params) => <Order {...params} />}</Route>
          <Route path="/console/invoices" component={Invoices} />
          <Route path="/console/invoices/:year/:month/:accountid">
            {({ year, month, accountid }) => <Invoice objectKey={`${year}/${month}/${accountid}`} />}
          </Route>
          <Route path="/console/mailbox" component={Mailbox} />
          <Route path="/console/mailbox/:orderid">{({ orderid }) => <OneMail orderid={orderid} />}</Route>
          <Route path="/console/faults" component={Faults} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}
