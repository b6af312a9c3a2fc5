import { CopyToClipboard } from '@cloudscape-design/components';

interface CopyProps {
  readonly text: string;
  /** What is copied, as it is told: `order ID`. */
  readonly what: string;
}

/** A text with a button that copies it. */
export function Copyable({ text, what }: CopyProps) {
  return <CopyToClipboard {...texts(what)} variant="inline" textToCopy={text} />;
}

/** A button that copies a text. */
export function CopyButton({ text, what }: CopyProps) {
  return <CopyToClipboard {...texts(what)} variant="button" copyButtonText="Copy" textToCopy={text} />;
}

const texts = (what: string) => ({
  copyButtonAriaLabel: `Copy ${what}`,
  copySuccessText: `Copied ${what}`,
  copyErrorText: `The browser did not let ${what} be copied`,
});
