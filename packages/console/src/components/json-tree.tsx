import { Box } from '@cloudscape-design/components';
import type { ComponentProps } from 'react';
import { allExpanded, JsonView } from 'react-json-view-lite';

const style: NonNullable<ComponentProps<typeof JsonView>['style']> = {
  container: 'json-tree-container',
  basicChildStyle: 'json-tree-child',
  childFieldsContainer: 'json-tree-children',
  label: 'json-tree-label',
  clickableLabel: 'json-tree-label',
  stringValue: 'json-tree-string',
  numberValue: 'json-tree-number',
  booleanValue: 'json-tree-other',
  nullValue: 'json-tree-other',
  undefinedValue: 'json-tree-other',
  otherValue: 'json-tree-other',
  punctuation: 'json-tree-mark',
  expandIcon: 'json-tree-toggle json-tree-expand',
  collapseIcon: 'json-tree-toggle json-tree-collapse',
  collapsedContent: 'json-tree-mark json-tree-collapsed',
  quotesForFieldNames: true,
  noQuotesForStringValues: false,
  stringifyStringValues: true,
  ariaLables: { collapseJson: 'Collapse', expandJson: 'Expand' },
};

/** JSON as a tree that opens and closes, also by keyboard. */
export function JsonTree({ value, label }: { readonly value: unknown; readonly label: string }) {
  if (typeof value !== 'object' || value === null) {
    return <Box variant="code">{value === undefined ? 'nothing' : JSON.stringify(value)}</Box>;
  }
  return (
    <div className="json-tree">
      <JsonView data={value} style={style} shouldExpandNode={allExpanded} aria-label={label} />
    </div>
  );
}
