import { CopyToClipboard } from '@cloudscape-design/components';

interface CopyProps {
  readonly text: string;
  /** What is copied, for the button's name and its message: `order ID`. */
  readonly what: string;
  /** What the button says. */
  readonly label?: string;
  /** `inline` shows the text with an icon next to it. */
  readonly variant?: 'button' | 'inline';
}

/** A button that copies a text. */
export const CopyButton = ({ text, what, label = 'Copy', variant = 'button' }: CopyProps) => (
  <CopyToClipboard
    variant={variant}
    textToCopy={text}
    {...(variant === 'button' && { copyButtonText: label })}
    copyButtonAriaLabel={`Copy ${what}`}
    copySuccessText={`Copied ${what}`}
    copyErrorText={`The browser did not allow copying ${what}`}
  />
);
