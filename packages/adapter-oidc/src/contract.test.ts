import type { AuthenticatorHarness } from '@coffee/ports/contracts';
import { authenticatorContract } from '@coffee/ports/contracts';
import { describe, expect, it } from 'vitest';
import { OidcAuthenticator } from './index.ts';
import { TestIssuer } from './test-support/test-issuer.ts';

async function harnessOn(clock: () => number): Promise<AuthenticatorHarness> {
  const issuer = await TestIssuer.start(clock);
  return {
    authenticator: new OidcAuthenticator({ issuer: issuer.url, audience: issuer.audience, clock }),
    issue: (claims, flaw) => issuer.issue(claims, { flaw }),
    rotate: () => issuer.rotate(),
    dispose: () => issuer.close(),
  };
}

authenticatorContract(
  {
    adapter: 'by OpenID Connect',
    create: ({ clock }) => harnessOn(clock),
    createUnavailable: async ({ clock }) => {
      const harness = await harnessOn(clock);
      await harness.dispose();
      return harness;
    },
  },
  { describe, it, expect },
);
