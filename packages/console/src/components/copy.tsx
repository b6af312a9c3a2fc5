import { CopyToClipboard } from '@cloudscape-design/components';

type CopyProps = Readonly<{ text: string; what: string; label?: string; variant?: 'button' | 'inline' }>;

/** Copies a text. `what` it is names the button: `order ID`. `inline` shows the text with an icon next to it. */
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
