import { beforeEach, expect, it, vi } from 'vitest';
import { recallMode, rememberMode } from './appearance.tsx';

beforeEach(() => {
  const values = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  });
  return () => vi.unstubAllGlobals();
});

it('remembers what was chosen', () => {
  expect(recallMode()).toBeUndefined();
  rememberMode('dark', 'light');
  expect(recallMode()).toBe('dark');
});

it('follows the system again once its mode is chosen', () => {
  rememberMode('dark', 'light');
  rememberMode('light', 'light');
  expect(recallMode()).toBeUndefined();
});

it('ignores what is not a mode', () => {
  localStorage.setItem('coffee-console:visual-mode', 'sepia');
  expect(recallMode()).toBeUndefined();
});

it.each(['switched off at each use', 'forbidden to look at'])('does without storage that is %s', (how) => {
  const refuse = (): never => {
    throw new DOMException('switched off', 'SecurityError');
  };
  if (how === 'forbidden to look at') {
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: refuse });
  } else vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  expect(recallMode()).toBeUndefined();
  rememberMode('dark', 'light');
  rememberMode('light', 'light');
});
