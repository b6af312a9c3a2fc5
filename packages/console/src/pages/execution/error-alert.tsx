import { Alert, ExpandableSection, SpaceBetween } from '@cloudscape-design/components';
import { CopyButton } from '../../components/copy.tsx';
import { JsonTree } from '../../components/json-tree.tsx';
import { readCause } from './error-cause.ts';

interface ErrorAlertProps {
  readonly type: 'error' | 'warning';
  readonly error: string;
  readonly cause: string | undefined;
}

/** An error of a state or an execution, its cause in a sentence, and the whole of it on request. */
export function ErrorAlert({ type, error, cause }: ErrorAlertProps) {
  const { message, answer } = readCause(cause);
  return (
    <Alert type={type} header={error} action={cause && <CopyButton what="cause" text={cause} />}>
      <SpaceBetween size="xs">
        {message}
        {answer && (
          <ExpandableSection headerText="Cause">
            <JsonTree value={answer} label="Cause" />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Alert>
  );
}
