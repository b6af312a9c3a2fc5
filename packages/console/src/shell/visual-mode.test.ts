import { expect, it } from 'vitest';
import { rememberedMode, rememberMode } from './visual-mode.ts';

function memoryOf() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

it('remembers what was chosen', () => {
  const memory = memoryOf();
  expect(rememberedMode(memory)).toBeUndefined();
  rememberMode(memory, 'dark', 'light');
  expect(rememberedMode(memory)).toBe('dark');
});

it('follows the system again once that is what was chosen', () => {
  const memory = memoryOf();
  rememberMode(memory, 'dark', 'light');
  rememberMode(memory, 'light', 'light');
  expect(rememberedMode(memory)).toBeUndefined();
});

it('does without a memory that is switched off', () => {
  const refuse = (): never => {
    throw new DOMException('switched off', 'SecurityError');
  };
  const memory = { getItem: refuse, setItem: refuse, removeItem: refuse };
  expect(rememberedMode(memory)).toBeUndefined();
  rememberMode(memory, 'dark', 'light');
});
