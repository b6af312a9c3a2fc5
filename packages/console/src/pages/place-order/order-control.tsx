import { AttributeEditor, Box, Button, FormField, Input, Select, Tiles } from '@cloudscape-design/components';
import { orderDateOf } from '@coffee/domain';
import type { OrderField } from './order-fields.ts';
import { listAt, textAt } from './order-fields.ts';
import type { OrderFormState } from './use-order-form.ts';

type Props<Field = OrderField> = { readonly field: Field; readonly form: OrderFormState; readonly currency: string };

function Control({ field, form, currency }: Props) {
  const { path } = field;
  const value = textAt(form.draft, path);
  const change = ({ detail }: { detail: { value: string } }): void => form.change(path, detail.value);
  const leave = (): void => form.leave(path);
  switch (field.kind) {
    case 'variant': {
      const following = form.fields.find((other) => other.kind === 'determined' && other.by === path);
      const price = (option: string): string =>
        following?.kind === 'determined' ? `${following.values.get(option)} ${currency}` : '';
      return (
        <Tiles
          value={value === '' ? null : value}
          columns={field.options.length}
          onChange={change}
          items={field.options.map((name) => ({ value: name, label: name, description: price(name) }))}
        />
      );
    }
    case 'choice':
      return (
        <Select
          selectedOption={value === '' ? null : { value, label: value }}
          options={field.options.map((name) => ({ value: name, label: name }))}
          placeholder="Choose one"
          onChange={({ detail }) => form.change(path, detail.selectedOption.value ?? '')}
          onBlur={leave}
        />
      );
    case 'determined': {
      const price = field.values.get(textAt(form.draft, field.by));
      return <Box padding={{ top: 'xxs' }}>{price === undefined ? 'Choose a size' : `${price} ${currency}`}</Box>;
    }
    default:
      return (
        <Input
          value={value}
          readOnly={path in form.fixed}
          onChange={change}
          onBlur={leave}
          {...(field.kind === 'number' ? { type: 'number', inputMode: 'numeric' } : { spellcheck: false })}
          name={path}
        />
      );
  }
}

export function OrderControl({ field, form, currency }: Props) {
  const { path, label } = field;
  const error = form.errors.fields[path];
  if (field.kind === 'list') return <ListControl {...{ field, form, currency }} />;
  return (
    <FormField
      label={label}
      description={path === 'orderdate' && 'On your own clock: it decides the month of the invoice.'}
      errorText={error}
      constraintText={
        error === undefined && (path in form.fixed ? 'It follows from your sign-in.' : form.hints.get(path))
      }
      stretch={field.kind === 'variant'}
      info={
        path === 'orderdate' && (
          <Button variant="inline-link" onClick={() => form.change(path, orderDateOf(new Date()))}>
            Now
          </Button>
        )
      }
    >
      <Control field={field} form={form} currency={currency} />
    </FormField>
  );
}

function ListControl({ field, form }: Props<Extract<OrderField, { kind: 'list' }>>) {
  const { path, label, minItems = 0, maxItems } = field;
  const items = listAt(form.draft, path);
  const { fields: errors } = form.errors;
  return (
    <FormField stretch errorText={errors[path]}>
      <AttributeEditor
        items={items}
        addButtonText="Add"
        removeButtonText="Remove"
        removeButtonAriaLabel={(item) => `Remove ${item}`}
        disableAddButton={maxItems !== undefined && items.length >= maxItems}
        additionalInfo={maxItems !== undefined && `${minItems} to ${maxItems} of them.`}
        empty={`Add at least ${minItems}.`}
        onAddButtonClick={() => form.change(path, [...items, ''])}
        onRemoveButtonClick={({ detail }) => form.change(path, items.toSpliced(detail.itemIndex, 1))}
        definition={[
          {
            label,
            control: (item, index) => (
              <Input
                ariaLabel={`${label} ${index + 1}`}
                value={item}
                spellcheck={false}
                onChange={({ detail }) => form.change(path, items.with(index, detail.value))}
                onBlur={() => form.leave(path)}
              />
            ),
            errorText: (_, index) => errors[`${path}.${index}`],
          },
        ]}
      />
    </FormField>
  );
}
