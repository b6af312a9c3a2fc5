import { describe, expect, it } from 'vitest';
import { apiOf } from './coffee-server.ts';

describe('apiOf', () => {
  it.each([
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/prod'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000/prod'],
    ['https://api.example/test/', 'https://api.example/test'],
    ['https://api.example/a/b?c#d', 'https://api.example/a/b'],
  ])('%s', (url, api) => {
    expect(apiOf(url)).toBe(api);
  });

  it.each(['', 'nonsense', '127.0.0.1:3000', 'localhost:3000', 'file:///etc'])('refuses %j', (url) => {
    expect(() => apiOf(url)).toThrow(expect.objectContaining({ name: 'UsageError', exitCode: 2 }));
  });
});
