import { Alert, Button } from '@cloudscape-design/components';
import type { ReactNode } from 'react';

interface ProblemProps {
  readonly header: string;
  readonly error: Error;
  /** In the place of what the error says. */
  readonly text?: string | undefined;
  readonly onRetry?: () => unknown;
  /** In the place of the button that tries again. */
  readonly action?: ReactNode;
}

/** What went wrong, and what to do about it. */
export function Problem({ header, error, text, onRetry, action }: ProblemProps) {
  return (
    <Alert
      type="error"
      header={header}
      action={action || (onRetry && <Button onClick={() => void onRetry()}>Try again</Button>)}
    >
      {text ?? error.message}
    </Alert>
  );
}
