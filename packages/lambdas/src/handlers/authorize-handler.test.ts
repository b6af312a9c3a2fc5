import { MemoryAuthenticator } from '@coffee/adapter-memory';
import type { CallerClaims } from '@coffee/domain';
import { Unavailable } from '@coffee/ports';
import { describe, expect, it } from 'vitest';
import { AuthorizeHandler } from './authorize-handler.ts';

const api = 'arn:aws:execute-api:us-east-1:123456789012:abc123/prod';

function arrange() {
  const authenticator = new MemoryAuthenticator();
  const { handle } = new AuthorizeHandler(authenticator);
  const send = (authorizationToken: string, path = 'GET/order') =>
    handle({ type: 'TOKEN', authorizationToken, methodArn: `${api}/${path}` });
  const ask = (claims: CallerClaims, path?: string) => send(`Bearer ${authenticator.issue(claims)}`, path);
  return { authenticator, send, ask };
}

describe('authorize', () => {
  it.each([
    [{ accountid: 'a0' }, { kind: 'customer', accountid: 'a0' }],
    [{ vendorid: 'v0' }, { kind: 'vendor', vendorid: 'v0' }],
    [{ role: 'operator' }, { kind: 'operator' }],
  ])('hands on who %j is, as a string', async (claims, caller) => {
    const { context, principalId } = await arrange().ask(claims);
    expect(context).toEqual({ caller: JSON.stringify(caller) });
    expect(principalId).toMatch(/^[0-9a-f]{16}-$/);
  });

  it('answers the same for every path, since the answer is kept for the token', async () => {
    const { ask } = arrange();
    const paths = ['GET/order', 'POST/order', 'GET/order/o1/../x', 'GET/invoice', 'GET/order/a%2Fb'];
    const answers = await Promise.all(paths.map((path) => ask({ accountid: 'a0' }, path)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.policyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/*` }],
    });
  });

  it('denies a vendor to place orders, whatever it asked for', async () => {
    const { policyDocument } = await arrange().ask({ vendorid: 'v0' });
    expect(policyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/*` },
      { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: `${api}/POST/order` },
    ]);
  });

  it.each(['', 'Bearer', 'Bearer ', 'Bearer x', 'Basic x', 'x', 'Bearer x y'])(
    'fails by the message that API Gateway answers with 401 for %j',
    async (header) => {
      const refused = expect.objectContaining({ name: 'Unauthorized', message: 'Unauthorized' });
      await expect(arrange().send(header)).rejects.toEqual(refused);
    },
  );

  it.each(['bearer', 'BEARER', 'Bearer '])('takes the scheme %j', async (scheme) => {
    const { authenticator, send } = arrange();
    const { context } = await send(`${scheme} ${authenticator.issue({ accountid: 'a0' })}`);
    expect(context?.caller).toContain('a0');
  });

  it('leaves an issuer that cannot be asked, and a defect, to API Gateway', async () => {
    for (const error of [new Unavailable('down', { withoutEffect: true }), new TypeError('a defect')]) {
      const { handle } = new AuthorizeHandler({ authenticate: () => Promise.reject(error) });
      const asked = handle({ type: 'TOKEN', authorizationToken: 'Bearer x', methodArn: `${api}/GET/order` });
      await expect(asked).rejects.toBe(error);
    }
  });
});
