import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

/** Something is on its way. */
export function Loading({ children = 'Loading' }: { readonly children?: string }) {
  return (
    <Box padding="l" textAlign="center">
      <StatusIndicator type="loading">{children}</StatusIndicator>
    </Box>
  );
}
