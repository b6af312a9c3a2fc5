import { Alert, Box, Button, SpaceBetween, StatusIndicator } from '@cloudscape-design/components';
import type { ExecutionStatus } from '@coffee/api';
import { ApiProblem } from '@coffee/api';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

export const Loading = ({ children = 'Loading' }: { readonly children?: string }) => (
  <Box padding="l" textAlign="center">
    <StatusIndicator type="loading">{children}</StatusIndicator>
  </Box>
);

export type EmptyProps = Readonly<{ title: string; text: string; action?: ReactNode }>;

/** There is nothing here: why, and what to do about it. */
export const Empty = ({ title, text, action }: EmptyProps) => (
  <Box margin={{ vertical: 'xs' }} textAlign="center" color="inherit">
    <SpaceBetween size="xs">
      <b>{title}</b>
      {text}
      {action}
    </SpaceBetween>
  </Box>
);

type ProblemProps = Readonly<{ header: string; text: string; action: ReactNode }>;

const Problem = ({ text, ...props }: ProblemProps) => (
  <Alert type="error" {...props}>
    {text}
  </Alert>
);

/** Something could not be read; a button reads it again. */
export const Unread = ({ header, error, retry }: Readonly<{ header: string; error: Error; retry: () => unknown }>) => (
  <Problem header={header} text={error.message} action={<Button onClick={() => void retry()}>Try again</Button>} />
);

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** What is read: `the order`. */
  readonly what: string;
  /** Shown when the server has no such thing. */
  readonly missing?: ProblemProps;
  readonly children: (data: Data) => ReactNode;
}

/** Shows what a query has read; until then that it is loading, or why it could not be read. */
export function Loaded<Data>({ query, what, missing, children }: LoadedProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error === null) return <Loading>{`Loading ${what}`}</Loading>;
  // 400 answers a key that cannot exist.
  if (missing && error instanceof ApiProblem && [400, 404].includes(error.status)) return <Problem {...missing} />;
  const header = `${what.charAt(0).toUpperCase()}${what.slice(1)} could not be read`;
  return <Unread header={header} error={error} retry={refetch} />;
}

const executionStatuses = {
  RUNNING: { type: 'in-progress', colorOverride: 'blue', children: 'Running' },
  SUCCEEDED: { type: 'success', children: 'Succeeded' },
  FAILED: { type: 'error', children: 'Failed' },
} as const satisfies Record<ExecutionStatus, object>;

export const ExecutionStatusIndicator = ({ status }: { readonly status: ExecutionStatus }) => (
  <StatusIndicator {...executionStatuses[status]} />
);
