import 'react-json-view-lite/dist/index.css';
import { Box } from '@cloudscape-design/components';
import { allExpanded, defaultStyles, JsonView } from 'react-json-view-lite';

/** The library's layout, in colours with enough contrast in both modes. */
const style = {
  ...defaultStyles,
  container: 'json-tree',
  label: 'json-tree-label',
  clickableLabel: 'json-tree-label',
  stringValue: 'json-tree-string',
  numberValue: 'json-tree-number',
  booleanValue: 'json-tree-other',
  nullValue: 'json-tree-other',
  punctuation: 'json-tree-mark',
  collapsedContent: `${defaultStyles.collapsedContent} json-tree-mark`,
  ariaLables: { collapseJson: 'Collapse', expandJson: 'Expand' },
  quotesForFieldNames: true,
  stringifyStringValues: true,
};

export function JsonTree({ value, label }: { readonly value: unknown; readonly label: string }) {
  if (typeof value !== 'object' || value === null) {
    return <Box variant="code">{value === undefined ? 'nothing' : JSON.stringify(value)}</Box>;
  }
  return <JsonView data={value} style={style} shouldExpandNode={allExpanded} aria-label={label} />;
}
