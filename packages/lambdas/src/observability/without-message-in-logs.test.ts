import { describe, expect, it } from 'vitest';
import { withoutMessageInLogs } from './without-message-in-logs.ts';

describe('withoutMessageInLogs', () => {
  it('leaves the error as it is, and its message and fields out of its JSON', () => {
    const error = Object.assign(new TypeError('a secret\n    at secret'), { issues: ['secret'], code: 'secret' });
    const { name, message, stack } = error;
    const logged = withoutMessageInLogs(error);
    expect(logged).toBe(error);
    expect({ name: logged.name, message: logged.message, stack: logged.stack }).toEqual({ name, message, stack });
    expect(Object.keys(logged)).toEqual(['issues', 'code']);
    expect(JSON.stringify(logged)).not.toContain('secret');
    expect(JSON.parse(JSON.stringify(logged))).toEqual({
      errorType: 'TypeError',
      stack: expect.arrayContaining([expect.stringContaining('without-message-in-logs.test.ts')]),
    });
  });

  it('keeps a message out that the stack does not begin with', () => {
    const error = Object.assign(new Error('other'), { stack: 'Error: secret\n    at other (index.mjs:1:1)' });
    expect(JSON.parse(JSON.stringify(withoutMessageInLogs(error)))).toEqual({ errorType: 'Error', stack: [] });
  });

  it.each([undefined, 'text', Object.freeze(new Error('frozen'))])('passes %o on', (thrown) => {
    expect(withoutMessageInLogs(thrown)).toBe(thrown);
  });
});
