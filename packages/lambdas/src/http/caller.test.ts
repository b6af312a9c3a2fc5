import { principals } from '@coffee/domain/arbitraries';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerOf } from './caller.ts';

const eventOf = (authorizer?: object) => ({ requestContext: { authorizer } }) as unknown as APIGatewayProxyEvent;
const issuer = 'https://issuer.example';

describe('callerOf', () => {
  it('is whom the authorizer names, with an issuer and without', () => {
    fc.assert(
      fc.property(principals, (caller) => {
        const event = eventOf({ principalId: 'x', caller: JSON.stringify(caller) });
        expect(callerOf(event, issuer)).toEqual(caller);
        expect(callerOf(event, undefined)).toEqual(caller);
      }),
    );
  });

  it('is anyone without an issuer, and never with one', () => {
    for (const authorizer of [undefined, {}, { principalId: 'x' }]) {
      expect(callerOf(eventOf(authorizer), undefined)).toEqual({ kind: 'anyone' });
      expect(callerOf(eventOf(authorizer), '')).toEqual({ kind: 'anyone' });
      expect(callerOf(eventOf(authorizer), issuer)).toBeUndefined();
    }
  });

  it.each(['', '{', 'null', '{"kind":"admin"}', '{"kind":"customer"}', '{"kind":"customer","accountid":"a/0"}', {}])(
    'is no one for the caller %j',
    (caller) => {
      for (const given of [issuer, undefined]) expect(callerOf(eventOf({ caller }), given)).toBeUndefined();
    },
  );
});
