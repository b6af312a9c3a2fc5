import { Box, StatusIndicator } from '@cloudscape-design/components';

/** Something is on its way. */
export function Loading({ children = 'Loading' }: { readonly children?: string }) {
  return (
    <Box padding="l" textAlign="center">
      <StatusIndicator type="loading">{children}</StatusIndicator>
    </Box>
  );
}
