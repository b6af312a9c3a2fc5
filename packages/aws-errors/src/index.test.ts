import { expect, it } from 'vitest';
import { hasStatus, isNamed, orUnavailable, sendOptions } from './index.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(`${name}!`), { name, ...more });

it.each([
  named('ThrottlingException'),
  named('TimeoutError'),
  named('ExpiredToken'),
  named('KMSThrottlingException'),
  named('AbortError'),
  named('InternalError', { $metadata: { httpStatusCode: 500 } }),
  named('Error', { code: 'ECONNRESET' }),
])('makes Unavailable of $name, with the cause', async (cause) => {
  await expect(orUnavailable('S3', Promise.reject(cause))).rejects.toMatchObject({
    name: 'Unavailable',
    message: `S3: ${cause.message}`,
    cause,
  });
});

it.each([named('AccessDenied'), named('ResourceNotFoundException'), named('CredentialsProviderError'), 'a text'])(
  'throws %s as it is',
  async (error) => {
    await expect(orUnavailable('S3', Promise.reject(error))).rejects.toBe(error);
  },
);

it('makes Unavailable of any error once the signal is aborted, with its reason', async () => {
  const signal = AbortSignal.abort(new Error('given up'));
  expect(sendOptions({ signal })).toEqual({ abortSignal: signal });
  expect(sendOptions()).toEqual({});
  await expect(orUnavailable('SNS', Promise.reject(named('Whatever')), { signal })).rejects.toMatchObject({
    name: 'Unavailable',
    cause: signal.reason,
  });
});

it('tells errors by name and by status', () => {
  const error = named('NotFound', { $metadata: { httpStatusCode: 404 } });
  expect([isNamed(error, 'NotFound'), isNamed(error, 'Other'), isNamed('NotFound', 'NotFound')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([hasStatus(error, 404), hasStatus(error, 412), hasStatus(named('x'), 404)]).toEqual([true, false, false]);
});
