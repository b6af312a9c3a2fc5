import { CopyToClipboard } from '@cloudscape-design/components';

interface CopyProps {
  readonly text: string;
  /** What is copied, for the button's name and its message: `order ID`. */
  readonly what: string;
  /** What the button says. */
  readonly label?: string;
}

const messages = (what: string) => ({
  copyButtonAriaLabel: `Copy ${what}`,
  copySuccessText: `Copied ${what}`,
  copyErrorText: `The browser did not allow copying ${what}`,
});

/** A text with a button that copies it. */
export const Copyable = ({ text, what }: CopyProps) => (
  <CopyToClipboard {...messages(what)} variant="inline" textToCopy={text} />
);

/** A button that copies a text. */
export const CopyButton = ({ text, what, label = 'Copy' }: CopyProps) => (
  <CopyToClipboard {...messages(what)} variant="button" copyButtonText={label} textToCopy={text} />
);
