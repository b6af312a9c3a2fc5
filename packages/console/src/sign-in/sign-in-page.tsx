import { Alert, Box, Button, SpaceBetween } from '@cloudscape-design/components';
import { useState } from 'react';
import { session } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';

/** Shown in place of every page until someone signs in. */
export function SignInPage({ reason }: { readonly reason: string | undefined }) {
  const [isLeaving, setLeaving] = useState(false);
  const signIn = async (): Promise<void> => {
    setLeaving(true);
    await session.signIn();
    setLeaving(false); // also when the browser comes back to this page
  };
  return (
    <Page title="Sign in">
      <SpaceBetween size="l">
        {reason !== undefined && (
          <Alert type="error" header="You were not signed in">
            {reason}
          </Alert>
        )}
        <Box>Sign in to place orders, and to see those that you may see.</Box>
        <Button variant="primary" loading={isLeaving} onClick={() => void signIn()}>
          Sign in
        </Button>
      </SpaceBetween>
    </Page>
  );
}
