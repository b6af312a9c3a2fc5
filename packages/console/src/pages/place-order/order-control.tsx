import { Box, Button, FormField, Input, Select, Tiles } from '@cloudscape-design/components';
import type { Menu } from '@coffee/domain';
import { ListControl } from './list-control.tsx';
import type { OrderDraft } from './order-draft.ts';
import { listAt, textAt } from './order-draft.ts';
import type { OrderField } from './order-fields.ts';
import { labelOf } from './order-fields.ts';
import { orderDate } from './random-order.ts';

/** What a control of the order form gets. */
export interface OrderControlProps {
  readonly field: OrderField;
  readonly draft: OrderDraft;
  readonly menu: Menu;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (path: string, value: string | readonly string[]) => void;
  /** The customer has left the field: from now on it shows what is wrong. */
  readonly onLeave: (path: string) => void;
}

const hints: Readonly<Record<string, string>> = {
  accountid: '1 to 64 letters, digits, dots, underscores and hyphens.',
  vendorid: '1 to 64 letters, digits, dots, underscores and hyphens.',
  orderdate: 'As 2026-11-24 09:30:00, or ISO 8601. Your own clock: it decides the month of the invoice.',
};

function hintOf(field: OrderField): string | undefined {
  if (field.kind === 'number' && field.minimum !== undefined && field.maximum !== undefined) {
    return `A whole number from ${field.minimum} to ${field.maximum}.`;
  }
  return hints[field.path];
}

/** The list price of a size, with its currency. */
function priceOf(menu: Menu, size: string): string {
  const price = menu.coffeesizes.find(({ coffeesize }) => coffeesize === size)?.unitprice;
  return price === undefined ? '' : `${price} ${menu.currency}`;
}

function control({ field, draft, menu, onChange, onLeave }: OrderControlProps) {
  const { path } = field;
  const value = textAt(draft, path);
  const change = (next: string): void => onChange(path, next);
  const leave = (): void => onLeave(path);
  switch (field.kind) {
    case 'variant':
      return (
        <Tiles
          value={value === '' ? null : value}
          columns={field.options.length}
          onChange={({ detail }) => change(detail.value)}
          items={field.options.map((option) => ({ value: option, label: option, description: priceOf(menu, option) }))}
        />
      );
    case 'choice':
      return (
        <Select
          selectedOption={value === '' ? null : { value, label: value }}
          options={field.options.map((option) => ({ value: option, label: option }))}
          placeholder="Choose one"
          onChange={({ detail }) => change(detail.selectedOption.value ?? '')}
          onBlur={leave}
        />
      );
    case 'determined': {
      const price = field.values.get(textAt(draft, field.by));
      return <Box padding={{ top: 'xxs' }}>{price === undefined ? 'Choose a size' : `${price} ${menu.currency}`}</Box>;
    }
    default:
      return (
        <Input
          value={value}
          onChange={({ detail }) => change(detail.value)}
          onBlur={leave}
          {...(field.kind === 'number' ? { type: 'number', inputMode: 'numeric' } : { spellcheck: false })}
          name={path}
        />
      );
  }
}

/** One field of the order form, of the kind that the schema asks for. */
export function OrderControl(props: OrderControlProps) {
  const { field, draft, errors, onChange, onLeave } = props;
  const { path } = field;
  if (field.kind === 'list') {
    return (
      <ListControl
        label={labelOf(path)}
        path={path}
        items={listAt(draft, path)}
        maxItems={field.maxItems}
        errors={errors}
        onChange={(items) => onChange(path, items)}
        onLeave={() => onLeave(path)}
      />
    );
  }
  return (
    <FormField
      label={labelOf(path)}
      errorText={errors[path]}
      constraintText={hintOf(field)}
      stretch={field.kind === 'variant'}
      info={
        path === 'orderdate' && (
          <Button variant="inline-link" onClick={() => onChange(path, orderDate(new Date()))}>
            Now
          </Button>
        )
      }
    >
      {control(props)}
    </FormField>
  );
}
