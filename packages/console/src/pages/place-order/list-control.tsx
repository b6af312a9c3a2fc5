import { AttributeEditor, FormField, Input } from '@cloudscape-design/components';

interface ListControlProps {
  readonly label: string;
  readonly path: string;
  readonly items: readonly string[];
  readonly maxItems: number | undefined;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (items: readonly string[]) => void;
  readonly onLeave: () => void;
}

/** A field with several texts. */
export function ListControl({ label, path, items, maxItems, errors, onChange, onLeave }: ListControlProps) {
  return (
    <FormField stretch errorText={errors[path]}>
      <AttributeEditor
        items={items}
        addButtonText="Add"
        removeButtonText="Remove"
        removeButtonAriaLabel={(item) => `Remove ${item}`}
        disableAddButton={maxItems !== undefined && items.length >= maxItems}
        additionalInfo={maxItems === undefined ? undefined : `1 to ${maxItems} of them.`}
        empty="There must be one at least."
        onAddButtonClick={() => onChange([...items, ''])}
        onRemoveButtonClick={({ detail }) => onChange(items.filter((_, index) => index !== detail.itemIndex))}
        definition={[
          {
            label,
            control: (item, index) => (
              <Input
                ariaLabel={`${label} ${index + 1}`}
                value={item}
                spellcheck={false}
                onChange={({ detail }) => onChange(items.with(index, detail.value))}
                onBlur={onLeave}
              />
            ),
            errorText: (_, index) => errors[`${path}.${index}`],
          },
        ]}
      />
    </FormField>
  );
}
