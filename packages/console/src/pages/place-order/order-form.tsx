import {
  Box,
  Button,
  ColumnLayout,
  Container,
  ContentLayout,
  Form,
  Grid,
  Header,
  KeyValuePairs,
  SpaceBetween,
} from '@cloudscape-design/components';
import type { Menu } from '@coffee/domain';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { placeOrder } from '../../api/calls.ts';
import { ApiError } from '../../api/http.ts';
import { failure, useFlash } from '../../shell/flash.tsx';
import { paths } from '../../shell/paths.ts';
import { hasError } from './field-errors.ts';
import { ManyOrders } from './many-orders.tsx';
import { OrderControl } from './order-control.tsx';
import { textAt } from './order-draft.ts';
import { randomOrder } from './random-order.ts';
import { useOrderForm } from './use-order-form.ts';

/** Controls that need the whole width. */
const rowKinds: ReadonlySet<string> = new Set(['variant', 'list']);

const isCoffee = (path: string): boolean => path.startsWith('details.');

/** The month as the order date has it, and with it the invoice that the order will be on. */
function invoiceOf(accountid: string, orderdate: string): string {
  const month = /^(\d{4})-(\d{2})-/.exec(orderdate);
  return accountid === '' || month === null ? 'Not known yet' : `${month[1]}/${Number(month[2])}/${accountid}`;
}

function focusFirstError(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[data-wrong="true"] :is(input, button)')?.focus();
}

/** The form of an order, what it costs, and a way to place many. */
export function OrderForm({ menu }: { readonly menu: Menu }) {
  const form = useOrderForm(menu);
  const { fields, draft, errors, total } = form;
  const [, navigate] = useLocation();
  const { show, dismiss } = useFlash();
  const element = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);

  const placing = useMutation({
    mutationFn: placeOrder,
    onSuccess: ({ orderid }) => {
      show({ id: 'order', type: 'success', content: `Order ${orderid} was placed.` });
      navigate(paths.execution(orderid));
    },
    onError: (error) => {
      if (error instanceof ApiError && error.issues.length > 0) form.refuse(error.issues);
      else show(failure('order', 'The order was not placed', error));
      setRefusals((times) => times + 1);
    },
  });

  useEffect(() => {
    if (refusals > 0) focusFirstError(element.current);
  }, [refusals]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    dismiss('order');
    const order = form.check();
    if (order !== undefined) placing.mutate(order);
    else requestAnimationFrame(() => focusFirstError(element.current));
  };

  const control = (path: string) => {
    const field = fields.find((candidate) => candidate.path === path);
    if (field === undefined) return null;
    const { change, leave } = form;
    return (
      <div key={path} data-wrong={hasError(errors, path)}>
        <OrderControl {...{ field, draft, menu }} errors={errors.fields} onChange={change} onLeave={leave} />
      </div>
    );
  };
  const needsRow = (path: string): boolean => fields.some((field) => field.path === path && rowKinds.has(field.kind));
  const random = (): void => form.fill(randomOrder(Math.floor(Math.random() * 5), menu, new Date()));
  const ofCoffee = fields.map(({ path }) => path).filter(isCoffee);
  const others = fields.map(({ path }) => path).filter((path) => !isCoffee(path));

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="An order starts an execution of the state machine: it is written to the orders table and to the invoice of the month, then one e-mail tells of it."
          actions={<Button onClick={random}>Random order</Button>}
        >
          Place an order
        </Header>
      }
    >
      <Grid gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}>
        <form ref={element} onSubmit={submit} noValidate aria-label="Order">
          <Form
            errorText={errors.others.length > 0 ? errors.others.join('. ') : undefined}
            actions={
              <Button variant="primary" formAction="submit" loading={placing.isPending}>
                Place order
              </Button>
            }
          >
            <SpaceBetween size="l">
              <Container header={<Header variant="h2">Coffee</Header>}>
                <SpaceBetween size="l">
                  {ofCoffee.filter(needsRow).map(control)}
                  <ColumnLayout columns={3} minColumnWidth={160}>
                    {ofCoffee.filter((path) => !needsRow(path)).map(control)}
                  </ColumnLayout>
                </SpaceBetween>
              </Container>
              <Container header={<Header variant="h2">Customer</Header>}>
                <SpaceBetween size="l">
                  <ColumnLayout columns={2}>{others.filter((path) => !needsRow(path)).map(control)}</ColumnLayout>
                  {others.filter(needsRow).map(control)}
                </SpaceBetween>
              </Container>
            </SpaceBetween>
          </Form>
        </form>
        <SpaceBetween size="l">
          <Container header={<Header variant="h2">Summary</Header>}>
            <KeyValuePairs
              columns={1}
              items={[
                {
                  label: 'Total',
                  value: (
                    <Box variant="awsui-value-large">
                      <output aria-live="polite">{total ?? '–'}</output>
                    </Box>
                  ),
                },
                { label: 'Invoice', value: invoiceOf(textAt(draft, 'accountid'), textAt(draft, 'orderdate')) },
              ]}
            />
          </Container>
          <ManyOrders menu={menu} />
        </SpaceBetween>
      </Grid>
    </ContentLayout>
  );
}
