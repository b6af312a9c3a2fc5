import type { ColumnLayoutProps } from '@cloudscape-design/components';
import {
  Box,
  Button,
  ColumnLayout,
  ContentLayout,
  Form,
  Grid,
  Header,
  KeyValuePairs,
  SpaceBetween,
} from '@cloudscape-design/components';
import { ApiProblem } from '@coffee/api';
import type { Menu, Order, OrderIssue } from '@coffee/domain';
import { invoiceKeyOf, isIdentifier, isOrderDate, mayOperate } from '@coffee/domain';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { client, menuQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/status.tsx';
import { failure, useFlash } from '../../shell/flash.tsx';
import { Section, usePage } from '../../shell/page.tsx';
import { paths } from '../../shell/paths.ts';
import { useCaller } from '../../sign-in/use-session.ts';
import { ManyOrders } from './many-orders.tsx';
import { OrderControl } from './order-control.tsx';
import type { OrderField } from './order-fields.ts';
import { textAt } from './order-fields.ts';
import { nthOrder } from './random-orders.ts';
import { hasError, useOrderForm } from './use-order-form.ts';

export function PlaceOrderPage() {
  usePage('Place an order', 'form');
  return (
    <Loaded query={useQuery(menuQuery)} what="the menu">
      {(menu) => <OrderForm menu={menu} />}
    </Loaded>
  );
}

const isCoffee = ({ path }: OrderField): boolean => path.startsWith('details.');

/** The invoice that the order will be on, once account and month are known. */
function invoiceOf(accountid: string, orderdate: string): string {
  if (!isIdentifier(accountid) || !isOrderDate(orderdate)) return 'Not known yet';
  return invoiceKeyOf({ accountid, orderdate }).objectKey;
}

function OrderForm({ menu }: { readonly menu: Menu }) {
  const caller = useCaller();
  const fixed = caller.kind === 'customer' ? { accountid: caller.accountid } : {};
  const form = useOrderForm(menu, fixed);
  const { fields, draft, errors, total } = form;
  const [, navigate] = useLocation();
  const { show, dismiss } = useFlash();
  const element = useRef<HTMLFormElement>(null);
  const [attempts, setAttempts] = useState(0);

  const placing = useMutation({
    mutationFn: (order: Order) => client.placeOrder(order),
    onSuccess: ({ orderid }) => {
      show({ id: 'order', type: 'success', content: `Order ${orderid} was placed.` });
      navigate(paths.execution(orderid));
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.issues.length > 0) form.refuse(error.issues as OrderIssue[]);
      else show(failure('order', 'The order was not placed', error));
      setAttempts((count) => count + 1);
    },
  });

  useEffect(() => {
    const firstError = '[data-wrong="true"] :is(input, button)';
    if (attempts > 0) element.current?.querySelector<HTMLElement>(firstError)?.focus();
  }, [attempts]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    dismiss('order');
    const order = form.check();
    if (order !== undefined) placing.mutate(order);
    else setAttempts((count) => count + 1);
  };

  const control = (field: OrderField) => (
    <div key={field.path} data-wrong={hasError(errors, field.path)}>
      <OrderControl field={field} form={form} currency={menu.currency} />
    </div>
  );
  const section = (title: string, own: readonly OrderField[], layout: ColumnLayoutProps) => (
    <Section title={title}>
      <SpaceBetween size="l">
        {own.filter(({ kind }) => kind === 'variant').map(control)}
        <ColumnLayout {...layout}>
          {own.filter(({ kind }) => kind !== 'variant' && kind !== 'list').map(control)}
        </ColumnLayout>
        {own.filter(({ kind }) => kind === 'list').map(control)}
      </SpaceBetween>
    </Section>
  );
  const sum = (
    <Box variant="awsui-value-large">
      <output aria-live="polite">{total ?? '–'}</output>
    </Box>
  );

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="An order starts an execution of the state machine, which writes it to the orders table and to the invoice of the month, then sends one email."
          actions={
            <Button onClick={() => form.fill(nthOrder(Math.floor(Math.random() * 5), menu, new Date()))}>
              Random order
            </Button>
          }
        >
          Place an order
        </Header>
      }
    >
      <Grid gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}>
        <form ref={element} onSubmit={submit} noValidate aria-label="Order">
          <Form
            errorText={errors.others.length > 0 && errors.others.join('. ')}
            actions={
              <Button variant="primary" formAction="submit" loading={placing.isPending}>
                Place order
              </Button>
            }
          >
            <SpaceBetween size="l">
              {section('Coffee', fields.filter(isCoffee), { columns: 3, minColumnWidth: 160 })}
              {section(
                'Customer',
                fields.filter((field) => !isCoffee(field)),
                { columns: 2 },
              )}
            </SpaceBetween>
          </Form>
        </form>
        <SpaceBetween size="l">
          <Section title="Summary">
            <KeyValuePairs
              items={[
                { label: 'Total', value: sum },
                { label: 'Invoice', value: invoiceOf(textAt(draft, 'accountid'), textAt(draft, 'orderdate')) },
              ]}
            />
          </Section>
          {mayOperate(caller) && <ManyOrders menu={menu} />}
        </SpaceBetween>
      </Grid>
    </ContentLayout>
  );
}
